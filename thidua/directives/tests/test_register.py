"""Writes of the register: issuers, documents, files, text, relations, clauses."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from thidua.audit.models import JournalEntry
from thidua.directives import actions
from thidua.directives.actions import Duty, NewIssuer, Particulars
from thidua.directives.models import Clause, Directive, Effect, Issuer, Relation
from thidua.directives.queries.detail import graph_of, relations_of
from thidua.directives.tests.papers import TEXT, docx_of
from thidua.kernel import ports
from thidua.kernel.errors import Absent, Forbidden, Refused

pytestmark = pytest.mark.django_db


def refused(code, action, **values):
    with pytest.raises(Refused) as found:
        action(**values)
    assert found.value.code == f"directives.{code}"
    return found.value.facts


@pytest.fixture
def by(world, now):
    """The words every action is called with."""
    return {"year": world.year(), "actor": world.secretary(), "now": now}


@pytest.fixture
def bureau(by):
    return actions.enter_issuer(issuer=NewIssuer("Bộ Chính trị", symbol="TW"), **by)


@pytest.fixture
def register(by, bureau):
    """register("05-CT/TW", date(…), kind=…) → a document of the bureau."""

    def go(number="05-CT/TW", day=date(2016, 5, 15), uploads=(), text="", **values):
        usual = {"issuer": bureau, "kind": "directive", "title": "Đẩy mạnh học tập", "number": number, "issued_on": day}
        return actions.register_directive(particulars=Particulars(**usual | values), uploads=uploads, text=text, **by)

    return go


def upload(content, name="a.docx"):
    return SimpleUploadedFile(name, content)


def test_a_document_comes_in_with_its_number_tidied(register, by):
    made = register("05 - CT/TW", term="khóa XII")
    assert (made.number_text, made.name, made.cluster_id) == ("05-CT/TW", "Chỉ thị 05-CT/TW", by["year"].cluster_id)
    assert made.folded == "05-ct/tw chi thi bo chinh tri day manh hoc tap khoa xii"
    assert JournalEntry.objects.get(event="DirectiveRegistered").facts.count('"directive":"Chỉ thị 05-CT/TW"') == 1


def test_a_new_issuer_comes_in_with_its_document(by):
    new = NewIssuer(" Tỉnh ủy ", "province", symbol="TU")
    made = actions.register_directive(particulars=Particulars(new, "plan", "Kế hoạch", "7-KH/TU", date(2021, 3, 1)), **by)
    assert (made.issuer.name_vi, made.number_text) == ("Tỉnh ủy", "07-KH/TU")
    refused("issuer_there", actions.enter_issuer, issuer=NewIssuer("tỉnh ủy"), **by)
    refused("issuer_wanted", actions.enter_issuer, issuer=NewIssuer("  "), **by)


def test_a_refused_document_leaves_no_issuer(by):
    particulars = Particulars(NewIssuer("Tỉnh ủy", symbol="TU"), "plan", "Kế hoạch", "7-KH/TW", date(2021, 3, 1))
    refused("number_symbol", actions.register_directive, particulars=particulars, **by)
    assert not Issuer.objects.exists()


def test_the_same_number_on_the_same_day_is_refused_with_the_one_that_is_there(register):
    there = register()
    assert refused("already_registered", register, number="5 – ct/tw")["directive_id"] == there.pk


def test_the_same_number_on_another_day_needs_a_yes(register):
    there = register()
    facts = refused("number_on_another_day", register, day=date(2017, 5, 15))
    assert (facts["directive_id"], facts["field"]) == (there.pk, "same_number_seen")
    assert register(day=date(2017, 5, 15), same_number_seen=True).pk != there.pk


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"number": "05-NQ/TW"}, "number_kind"),
        ({"day": None}, "date_wanted"),
        ({"day": date(2021, 11, 2)}, "date_ahead"),
        ({"effective_on": date(2016, 1, 1)}, "effective_early"),
        ({"title": "  "}, "title_wanted"),
        ({"is_class": True}, "class_has_number"),
    ],
)
def test_wrong_particulars_are_refused(register, values, code):
    refused(code, register, **values)
    assert not Directive.objects.exists()


def test_a_class_has_members(register, by, bureau):
    of = register("", None, kind="resolution", title="Nghị quyết đại hội các cấp", is_class=True)
    member = register("", None, kind="resolution", title="Nghị quyết Đại hội XIII", member_of=of)
    assert list(of.members.all()) == [member]
    refused("member_of_no_class", register, number="06-CT/TW", member_of=member)
    refused("class_in_class", register, number="", day=None, is_class=True, member_of=of)
    plain = Particulars(bureau, "resolution", "Nghị quyết")
    refused("class_has_members", actions.edit_directive, directive=of, particulars=plain, revision=1, **by)


def test_an_edit_keeps_the_index_and_refuses_what_was_not_seen(register, by, bureau):
    made = register()
    changed = Particulars(bureau, "directive", "Tên mới", "05-CT/TW", date(2016, 5, 15))
    edited = actions.edit_directive(directive=made, particulars=changed, revision=1, **by)
    assert (edited.title, edited.revision, "ten moi" in edited.folded) == ("Tên mới", 2, True)
    refused("changed_meanwhile", actions.edit_directive, directive=made, particulars=changed, revision=1, **by)


def test_text_comes_from_the_first_file_that_has_any(register):
    scan = upload(b"%PDF-1.7\nnonsense", "quet.pdf")
    made = register(uploads=[scan, upload(docx_of(TEXT))])
    assert (made.text, made.text_source) == (TEXT, "extracted")
    assert [entry.missing for entry in made.files.all()] == ["broken", ""]


def test_a_typed_text_comes_before_what_the_file_says(register):
    made = register(uploads=[upload(docx_of(TEXT))], text="Gõ tay\r\nhai dòng")
    assert (made.text, made.text_source) == ("Gõ tay\nhai dòng", "typed")


def test_a_refused_document_leaves_no_file_behind(register, settings):
    content = docx_of(TEXT)
    with pytest.raises(Refused, match=r"directives\.same_file"):
        register(uploads=[upload(content), upload(content)])
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_files_come_and_go(register, by):
    made, content = register(), docx_of(TEXT)
    kept = actions.attach_file(directive=made, upload=upload(content), note=" bản  ký ", **by)
    made.refresh_from_db()
    assert (kept.note, made.text, made.revision) == ("bản ký", TEXT, 2)
    refused("same_file", actions.attach_file, directive=made, upload=upload(content), **by)
    actions.remove_file(directive=made, file_id=kept.pk, **by)
    assert not made.files.exists()
    assert kept.file.sha256 in JournalEntry.objects.get(event="DirectiveFileRemoved").facts
    with pytest.raises(Absent):
        actions.remove_file(directive=made, file_id=kept.pk, **by)


def test_a_docx_with_macros_is_refused(register):
    held = BytesIO(docx_of(TEXT))
    import zipfile

    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(Refused, match=r"files\.macros"):
        register(uploads=[upload(held.getvalue())])
    assert not Directive.objects.exists()


def test_typed_text_moves_the_marks_of_clauses(register, by):
    made = register(text=TEXT)
    clause = actions.mark_passage(directive=made, first="Tổ chức học tập", last="quý II.", duty=Duty(), **by)
    lost = actions.mark_passage(directive=made, first="Báo cáo trước 30-6.", duty=Duty(), **by)
    newer = actions.type_text(directive=made, text=f"Mở đầu.\n{TEXT.replace('30-6', '31-7')}", revision=1, **by)
    clause.refresh_from_db()
    lost.refresh_from_db()
    assert newer.text[clause.start : clause.end] == clause.text
    assert (lost.start, lost.end, lost.text) == (None, None, "Báo cáo trước 30-6.")
    refused("changed_meanwhile", actions.type_text, directive=made, text="x", revision=1, **by)
    refused("text_long", actions.type_text, directive=made, text="x" * 2_000_001, revision=2, **by)


def test_paired_documents_are_kept_with_the_smaller_id_first(register, by):
    one, two = register(), register("04-NQ/TW", date(2016, 10, 30), kind="resolution")
    made = actions.relate(source=two, target=one, kind="paired", **by)
    assert (made.source_id, made.target_id) == (one.pk, two.pk)
    refused("related_already", actions.relate, source=one, target=two, kind="paired", **by)
    refused("related_to_itself", actions.relate, source=one, target=one, kind="paired", **by)


def test_what_is_replaced_is_so_until_the_relation_goes(register, by):
    old, new = register(effect=Effect.UNKNOWN), register("06-CT/TW", date(2018, 1, 1))
    newer = register("07-CT/TW", date(2019, 1, 1))
    first = actions.relate(source=new, target=old, kind="replaces", **by)
    second = actions.relate(source=newer, target=old, kind="replaces", **by)
    old.refresh_from_db()
    assert old.effect == Effect.REPLACED
    actions.remove_relation(directive=new, relation_id=first.pk, **by)
    old.refresh_from_db()
    assert old.effect == Effect.REPLACED
    actions.remove_relation(directive=old, relation_id=second.pk, **by)
    old.refresh_from_db()
    assert old.effect == Effect.UNKNOWN
    with pytest.raises(Absent):
        actions.remove_relation(directive=old, relation_id=second.pk, **by)


def test_a_relation_against_time_or_in_a_circle_is_refused(register, by):
    old, new = register(), register("06-CT/TW", date(2018, 1, 1))
    refused("date_before", actions.relate, source=old, target=new, kind="concretises", **by)
    actions.relate(source=new, target=old, kind="directed_by", **by)
    refused("circle", actions.relate, source=old, target=new, kind="directed_by", **by)
    assert Relation.objects.count() == 1


def test_an_edit_cannot_turn_a_relation_against_time(register, by, bureau):
    old, new = register(), register("06-CT/TW", date(2018, 1, 1))
    actions.relate(source=new, target=old, kind="amends", **by)
    late = Particulars(bureau, "directive", "Đẩy mạnh học tập", "05-CT/TW", date(2019, 1, 1))
    early = Particulars(bureau, "directive", "Đẩy mạnh học tập", "06-CT/TW", date(2015, 1, 1))
    assert (
        refused("date_before", actions.edit_directive, directive=old, particulars=late, revision=1, **by)["field"] == "issued_on"
    )
    refused("date_before", actions.edit_directive, directive=new, particulars=early, revision=1, **by)


def test_clauses_by_paragraphs_by_words_and_by_hand(register, by):
    made = register(text=TEXT)
    duty = Duty(label="1", owner_kind="kinds", unit_kinds=["police", "agency"], due_on=date(2021, 6, 30))
    marked = actions.mark_paragraphs(directive=made, numbers=[0, 2, 3], revision=1, duty=duty, **by)
    assert [clause.text for clause in marked] == ["I. MỤC TIÊU", "Tổ chức học tập trong quý II.\nBáo cáo trước 30-6."]
    assert marked[0].unit_kinds == ["agency", "police"]
    own = actions.add_clause(directive=made, text=" Lời  riêng ", duty=Duty(), **by)
    found = actions.add_clause(directive=made, text="Các cấp ủy tổ chức học tập.", duty=Duty(), **by)
    assert (own.start, own.text, own.position) == (None, "Lời  riêng", 3)
    assert made.text[found.start : found.end] == found.text
    refused("clause_there", actions.mark_paragraphs, directive=made, numbers=[0], revision=1, duty=duty, **by)
    refused("no_paragraph", actions.mark_paragraphs, directive=made, numbers=[99], revision=1, duty=duty, **by)
    refused("clause_empty", actions.add_clause, directive=made, text=" \n ", duty=duty, **by)
    refused("kinds_wanted", actions.add_clause, directive=made, text="a", duty=Duty(owner_kind="kinds"), **by)
    early = Duty(due_on=date(2016, 1, 1))
    refused("due_before_document", actions.add_clause, directive=made, text="a", duty=early, **by)


def test_clauses_are_edited_moved_and_removed(register, by, monkeypatch):
    made = register(text=TEXT)
    one, two = (actions.add_clause(directive=made, text=words, duty=Duty(), **by) for words in ("Một", "Hai"))
    edited = actions.edit_clause(clause=one, text="Báo cáo trước 30-6.", duty=Duty(label="a"), revision=1, **by)
    assert (made.text[edited.start : edited.end], edited.label, edited.revision) == ("Báo cáo trước 30-6.", "a", 2)
    refused("changed_meanwhile", actions.edit_clause, clause=one, text="x", duty=Duty(), revision=1, **by)
    actions.move_clause(clause=two, up=True, **by)
    actions.move_clause(clause=two, up=True, **by)
    assert list(made.clauses.all()) == [two, one]
    monkeypatch.setattr(ports, "CLAUSE_IN_USE", [lambda pk: pk == one.pk])
    refused("clause_in_use", actions.remove_clause, clause=one, **by)
    actions.remove_clause(clause=two, **by)
    assert list(Clause.objects.all()) == [one]
    with pytest.raises(Absent):
        actions.remove_clause(clause=two, **by)


def test_others_than_the_secretary_and_the_superior_body_only_read(world, register, by, bureau):
    made = register(text=TEXT)
    superior = by | {"actor": world.superior()}
    actions.add_clause(directive=made, text="Mục", duty=Duty(), **superior)
    for actor in (world.officer(1), world.leader(2), world.actor("auditor", world.unit(2))):
        others = by | {"actor": actor}
        for action, values in [
            (actions.enter_issuer, {"issuer": NewIssuer("Khác")}),
            (actions.register_directive, {"particulars": Particulars(bureau, "plan", "Kế hoạch")}),
            (actions.attach_file, {"directive": made, "upload": upload(docx_of(TEXT))}),
            (actions.type_text, {"directive": made, "text": "x", "revision": 1}),
            (actions.relate, {"source": made, "target": made, "kind": "paired"}),
            (actions.add_clause, {"directive": made, "text": "x", "duty": Duty()}),
        ]:
            with pytest.raises(Forbidden):
                action(**values, **others)


def test_a_closed_year_takes_nothing(world, register, by, now):
    made = register()
    closed = world.year(2020, stage="closed")
    shut = by | {"year": closed}
    with pytest.raises(Refused, match="year_closed"):
        actions.type_text(directive=made, text="x", revision=1, **shut)


def test_a_document_of_another_cluster_is_not_there(world, register, by, now):
    from thidua.clusters.models import Cluster, ClusterYear

    made = register()
    body = world.organisation("Ban Tuyen giao", "party_body")
    other = Cluster.objects.create(slug="cum-9", name_vi="Cụm số 9", superior_body=body)
    year = ClusterYear.objects.create(cluster=other, year=2021, head=world.unit(1))
    with pytest.raises(Absent):
        actions.type_text(year=year, directive=made, text="x", revision=1, actor=by["actor"], now=now)


def test_docx_helper_makes_a_real_document():
    assert [paragraph.text for paragraph in Document(BytesIO(docx_of("a\nb"))).paragraphs] == ["a", "b"]


def test_a_clause_without_a_label_is_named_by_its_place(register, by):
    made = register()
    plain = actions.add_clause(directive=made, text="Các cấp ủy báo cáo.", duty=Duty(), **by)
    begun = actions.add_clause(directive=made, text="mục 2 nêu rõ trách nhiệm.", duty=Duty(label="Mục 2"), **by)
    assert [(one.name, one.lead) for one in (plain, begun)] == [("Mục 1", "Mục 1:"), ("Mục 2", "")]
    assert (plain.in_journal, begun.in_journal) == ("Mục 1: Các cấp ủy báo cáo.", "Mục 2")


def test_two_relations_with_one_document_are_drawn_as_one_box(register, by):
    old = register(number="05-CT/TW", issued_on=date(2016, 5, 15))
    new = register(number="06-CT/TW", issued_on=date(2019, 5, 15))
    for kind in ("paired", "amends"):
        actions.relate(source=new, target=old, kind=kind, **by)
    drawn = graph_of(old, relations_of(old))
    assert [box.key for box in drawn.boxes] == [None, new.pk]
    assert {words for words, _x, _y in drawn.lines[0].labels} == {"gắn với", "sửa đổi"}
    assert len(drawn.lines[0].heads) == 1
