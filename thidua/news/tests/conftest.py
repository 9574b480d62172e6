"""Fixtures of news: the editor's desk and a photo as a camera makes it."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from thidua.kernel.actor import Role
from thidua.news import actions
from thidua.news.actions import Words


@pytest.fixture
def words():
    """words(title=…) → what an editor types, complete unless told otherwise."""

    def make(**changes):
        whole = Words("Ký giao ước thi đua", "Bảy đơn vị ký giao ước.", "Đoạn một.\n\nĐoạn hai.", "Duy Phương")
        return replace(whole, **changes)

    return make


@pytest.fixture
def desk(world, words, now):
    """desk() → a draft of the superior body about the year; desk.editor and desk.body made it."""

    class Desk:
        year = world.year()
        body = year.cluster.superior_body
        person = world.person(Role.EDITOR, body)
        editor = world.actor(Role.EDITOR, body)

        def __call__(self, **changes):
            typed = words(**changes)
            return actions.write_article(organisation=self.body, year=self.year, words=typed, actor=self.editor, now=now)

        def published(self, **changes):
            return actions.publish_article(article=self(**changes), actor=self.editor, now=now)

        def photo(self, article, upload):
            alt = "Bảy người ngồi ký"
            return actions.add_photo(article=article, upload=upload, caption="Lễ ký", alt=alt, actor=self.editor, now=now)

    return Desk()


@pytest.fixture
def camera():
    """camera(width, height) → an upload with what a camera writes: a place, a device, a turn by 90°."""

    def shoot(width=40, height=30, name="IMG 1.jpg", kind="JPEG", mode="RGB"):
        exif = Image.Exif()
        exif[0x010F] = "SecretCamera"
        exif[0x0112] = 6
        exif.get_ifd(0x8825)[1] = "N"
        content = BytesIO()
        Image.new(mode, (width, height), "teal").save(content, kind, exif=exif)
        return SimpleUploadedFile(name, content.getvalue())

    return shoot
