"""Uploads are what their content is."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from thidua.files.actions import store_file, transaction_with_files
from thidua.files.models import StoredFile
from thidua.files.queries import file_response
from thidua.kernel.actor import SYSTEM
from thidua.kernel.errors import Refused

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def picture(form="PNG", size=(2, 2)):
    held = BytesIO()
    Image.new("RGB", size).save(held, form)
    return held.getvalue()


def office(*members, types=""):
    """An archive with these members; `types`: what is in its list of types."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", f"<Types>{types}</Types>")
        for member in members:
            archive.writestr(member, "x")
    return held.getvalue()


def macros(kind):
    """A DOCX whose macros lie in a part with a harmless name."""
    return office("word/document.xml", "word/data.bin", types=f'<Override PartName="/word/data.bin" ContentType="{kind}"/>')


def many_parts(count):
    """A DOCX of empty parts, its directory longer than 4 MiB."""
    return office("word/document.xml", *(f"word/{number:080}.xml" for number in range(count)))


def packed_by(method):
    """A DOCX whose list of types is said to be packed in another way."""
    whole = bytearray(office("word/document.xml"))
    for place in (8, whole.index(b"PK\x01\x02") + 10):
        whole[place] = method
    return bytes(whole)


def damaged(place, *, value):
    """A DOCX with `value` at a place of its first central directory entry, whose name claims to be UTF-8."""
    whole = bytearray(office("word/document.xml"))
    entry = whole.index(b"PK\x01\x02")
    whole[entry + 9] |= 8
    whole[entry + place : entry + place + len(value)] = value
    return bytes(whole)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("bao-cao.pdf", PDF, "application/pdf"),
        ("Ảnh ký.PNG", picture(), "image/png"),
        ("anh.jpeg", picture("JPEG"), "image/jpeg"),
        ("ke-hoach.docx", office("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("so-lieu.xlsx", office("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_honest_files_are_kept_with_their_checksum(now, name, content, mime):
    import hashlib

    kept = store_file(upload=SimpleUploadedFile(name, content), actor=SYSTEM, now=now)
    assert (kept.name, kept.mime, kept.size) == (name, mime, len(content))
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    response = file_response(kept)
    assert b"".join(response.streaming_content) == content
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("bao-cao.pdf", picture(), "files.lies_about_type"),
        ("anh.png", PDF, "files.lies_about_type"),
        ("khong-duoi", PDF, "files.lies_about_type"),
        ("bao-cao.pdf", b"", "files.empty"),
        ("trang.html", b"<script>alert(1)</script>", "files.wrong_kind"),
        ("anh.png", b"\x89PNG\r\n\x1a\nnot a picture", "files.wrong_kind"),
        ("vi.docx", office("word/document.xml", "word/vbaProject.bin"), "files.macros"),
        ("hoa.docx", office("word/document.xml", "word/VBAPROJECT.BIN"), "files.macros"),
        ("doi-ten.docx", macros("application/vnd.ms-office.vbaProject"), "files.macros"),
        ("mau.docx", macros("application/vnd.ms-word.document.MacroEnabled.main+xml"), "files.macros"),
        ("khong-loai.docx", office("word/document.xml", types="<"), "files.wrong_kind"),
        ("nen-8.docx", packed_by(8), "files.wrong_kind"),
        ("nen-12.docx", packed_by(12), "files.wrong_kind"),
        ("nen-14.docx", packed_by(14), "files.wrong_kind"),
        ("nhieu-phan.docx", many_parts(33_000), "files.bomb"),
        ("goi.zip", office(), "files.wrong_kind"),
        ("ten-hong.docx", damaged(46, value=b"\xff\xfe"), "files.wrong_kind"),
        ("ban-9.9.docx", damaged(6, value=bytes([99])), "files.wrong_kind"),
    ],
)
def test_dishonest_files_are_refused_by_name(now, name, content, code):
    with pytest.raises(Refused) as refused:
        store_file(upload=SimpleUploadedFile(name, content), actor=SYSTEM, now=now)
    assert refused.value.code == code
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_path_in_the_name_is_dropped(now):
    assert store_file(upload=SimpleUploadedFile("x.pdf", PDF), actor=SYSTEM, now=now).name == "x.pdf"
    odd = SimpleUploadedFile("y.pdf", PDF)
    odd._name = "..\\..\\etc\\y.pdf"
    assert store_file(upload=odd, actor=SYSTEM, now=now).name == "y.pdf"


@pytest.mark.django_db
def test_a_file_beyond_the_limit_is_refused(now):
    with pytest.raises(Refused, match="too_big"):
        store_file(upload=SimpleUploadedFile("x.pdf", PDF), most=10, actor=SYSTEM, now=now)


@pytest.mark.django_db
def test_a_file_that_the_store_has_lost_is_told(now):
    kept = store_file(upload=SimpleUploadedFile("x.pdf", PDF), actor=SYSTEM, now=now)
    kept.content.storage.delete(kept.content.name)
    with pytest.raises(Refused, match=r"files\.lost"):
        file_response(kept)


def on_disk(settings):
    return sorted(path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


def storing(now, name="x.pdf"):
    return store_file(upload=SimpleUploadedFile(name, PDF), actor=SYSTEM, now=now)


@pytest.mark.django_db
def test_a_transaction_that_fails_leaves_no_content_behind(settings, now):
    @transaction_with_files()
    def inner(*, fails):
        storing(now)
        if fails:
            raise Refused("files.empty")

    @transaction_with_files()
    def around():
        inner(fails=False)
        inner(fails=True)

    with transaction_with_files():
        inner(fails=False)
    kept = on_disk(settings)
    assert len(kept) == 1
    with pytest.raises(Refused):
        inner(fails=True)
    with pytest.raises(Refused):
        around()
    with transaction_with_files():
        storing(now)
        with pytest.raises(Refused):
            inner(fails=True)
    assert StoredFile.objects.count() == len(on_disk(settings)) == 2
    assert set(kept) < set(on_disk(settings))
