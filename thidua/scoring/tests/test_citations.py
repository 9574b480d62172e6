"""What a unit has recorded, cited as evidence: who may, when, what is refused, and where it counts."""

import csv
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from thidua.audit.models import JournalEntry
from thidua.clusters.models import Membership
from thidua.criteria import actions as criteria
from thidua.directives.models import StudySession
from thidua.kernel import ports
from thidua.kernel.actor import Role
from thidua.kernel.errors import Absent, Forbidden, Refused
from thidua.programmes.models import Indicator, IndicatorFigure, Programme, ProgrammeVersion, Task
from thidua.rapporteurs.models import CorpsMember, Talk
from thidua.reports.models import Report
from thidua.scoring import actions, queries
from thidua.scoring.access import get_citation_visible_to
from thidua.scoring.models import Citation
from thidua.scoring.queries.results import result_of
from thidua.scoring.tests.conftest import SMALL


def refused(code):
    """The block is refused with exactly this code."""
    return pytest.raises(Refused, match=f"^{code}")


@pytest.fixture
def cite(field, world, now):
    """cite(source, "A.1") → the report cited by the officer of unit 2."""

    def go(source, code="A.1", actor=None, unit=None, kind="report"):
        return actions.cite_source(
            year=field.year, unit=unit or world.unit(2), code=code, kind=kind, source=getattr(source, "pk", source),
            actor=actor or world.officer(2), now=now,
        )  # fmt: skip

    return go


@pytest.mark.parametrize("stage", ["preparing", "pledged", "running", "self_scoring"])
def test_what_was_recorded_is_cited_as_soon_as_there_are_criteria(field, report, cite, stage):
    field.open(stage)
    made = cite(report(2, "Báo cáo quý I", days_late=3))
    assert (made.code, made.kind, made.title) == ("A.1", "report", "Báo cáo quý I")
    assert "chậm 3 ngày" in made.words
    assert made.url.startswith("/cum/cum-2/2021/bao-cao/")
    assert made.cited_by_name == "unit_officer-don-vi-2"
    assert JournalEntry.objects.filter(event="SourceCited").count() == 1


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        ("cross_checking", "clusters.wrong_stage"),
        ("conference", "clusters.wrong_stage"),
        ("closed", "clusters.year_closed"),
    ],
)
def test_after_self_scoring_nothing_is_cited_or_withdrawn(field, world, now, report, cite, stage, code):
    field.open()
    made = cite(report(2, "Quý I"))
    field.stage(stage)
    with refused(code):
        cite(report(2, "Quý II"))
    with refused(code):
        actions.withdraw_citation(citation=get(made, field, world), actor=world.officer(2), now=now)


def get(citation, field, world):
    """The citation as a page gets it."""
    return get_citation_visible_to(world.officer(2), field.year, world.unit(2), citation.pk)


def test_every_kind_of_record_is_cited_and_listed_newest_first(field, world, now, report, cite):
    year, unit = field.open("running"), world.unit(2)
    programme = Programme.objects.create(
        year=year, unit=unit, kind="action", title="Chương trình 01", opened_at=now, opened_by_name="x"
    )
    ProgrammeVersion.objects.create(
        programme=programme, number=1, content={}, digest="a" * 64, approved_by_name="Lãnh đạo",
        approved_at=datetime(2021, 2, 1, 3, tzinfo=UTC),
    )  # fmt: skip
    task = Task.objects.create(
        programme=programme, year=year, unit=unit, position=1, title="Mở hội nghị", folded="mo hoi nghi", state="done",
        is_open=False, percent=100, done_on=date(2021, 4, 1), changed_at=now,
    )  # fmt: skip
    indicator = Indicator.objects.create(programme=programme, position=1, name="Số buổi", unit_of_measure="buổi")
    IndicatorFigure.objects.create(indicator=indicator, as_of=date(2021, 5, 1), value=12, recorded_at=now, recorded_by_name="x")
    study = StudySession.objects.create(year=year, unit=unit, held_on=date(2021, 3, 1), recorded_at=now, recorded_by_name="x")
    sources = {"report": report(2, "Quý I"), "indicator": indicator, "task": task, "study": study, "programme": programme}
    listed = [(each.kind, each.pk) for each in queries.citables_of(year, unit.pk)]
    assert listed == [(kind, source.pk) for kind, source in sources.items()]
    for kind, source in sources.items():
        made = cite(source, kind=kind)
        with pytest.raises(Absent):
            cite(source, kind=kind, unit=world.unit(3), actor=world.officer(3))
        assert made.url.startswith("/cum/cum-2/2021/")
    table = queries.desk_result(queries.desk_of(world.officer(2), year, unit)).table
    assert [each.state for each in queries.citations_of(year, unit, table)] == [""] * 5
    assert [each.kind for each in queries.matching(queries.citables_of(year, unit.pk), "HOI nghi")] == ["task"]


def test_without_criteria_there_is_nothing_to_cite_for(field, world, report, cite):
    field.year = world.year()
    with refused("scoring.no_criteria"):
        cite(report(2, "Quý I"))


def test_only_what_the_unit_itself_has_submitted_is_cited(field, report, cite):
    field.open()
    others, draft = report(3, "Quý I"), report(2, "Quý II", days_late=None)
    for source, kind in [(others, "report"), (draft, "report"), (999_999, "report"), (others, "task"), (others, "letter")]:
        with pytest.raises(Absent):
            cite(source, kind=kind)
    assert not Citation.objects.exists()


def test_an_unknown_criterion_the_same_twice_and_too_many_are_refused(field, report, cite, monkeypatch):
    field.open()
    source = report(2, "Quý I")
    with refused("scoring.unknown_code"):
        cite(source, "X.9")
    cite(source)
    with refused("scoring.already_cited"):
        cite(source)
    cite(source, "B.1")
    monkeypatch.setattr("thidua.scoring.actions.citations.MOST_CITED", 1)
    with refused("scoring.too_many_cited"):
        cite(report(2, "Quý II"))
    assert Citation.objects.count() == 2


def test_only_people_of_the_unit_cite_and_withdraw(field, world, body, now, report, cite):
    field.open()
    made, more = cite(report(2, "Quý I")), report(2, "Quý II")
    for actor in (world.officer(3), world.leader(1), world.secretary(), world.superior(), world.actor(Role.AUDITOR, body)):
        with pytest.raises(Forbidden):
            cite(more, actor=actor)
        with pytest.raises(Forbidden):
            actions.withdraw_citation(citation=get(made, field, world), actor=actor, now=now)
    with pytest.raises(Forbidden):
        cite(more, actor=field.appraiser(2))
    cite(more, actor=world.leader(2))


def test_a_unit_that_left_the_year_cites_nothing(field, world, report, cite):
    field.open()
    source = report(2, "Quý I")
    Membership.objects.filter(organisation=world.unit(2)).delete()
    field.stage("running")
    with pytest.raises(Forbidden):
        cite(source)


def test_a_submitted_or_withheld_sheet_takes_no_citation(field, world, now, report, cite):
    field.open()
    sheet = field.submitted(2)
    with refused("scoring.already_submitted"):
        cite(report(2, "Quý I"))
    actions.recall_sheet(sheet=sheet, reason="Bổ sung minh chứng", actor=world.leader(2), now=now)
    made = cite(report(2, "Quý II"))
    actions.withhold_unit(year=field.year, unit=world.unit(2), reason="Không gửi giải trình", actor=world.secretary(), now=now)
    with refused("scoring.unit_withheld"):
        actions.withdraw_citation(citation=get(made, field, world), actor=world.officer(2), now=now)


def test_what_is_withdrawn_is_gone_once_and_stays_in_the_journal(field, world, now, report, cite):
    field.open()
    made = cite(report(2, "Quý I"))
    kept = get(made, field, world)
    actions.withdraw_citation(citation=kept, actor=world.officer(2), now=now)
    assert not Citation.objects.exists()
    with pytest.raises(Absent):
        actions.withdraw_citation(citation=kept, actor=world.officer(2), now=now)
    assert JournalEntry.objects.filter(event="CitationWithdrawn").count() == 1


def test_a_citation_proves_a_line_wherever_evidence_is_counted(field, world, report, cite, now):
    field.open("running")
    made = cite(report(2, "Quý I"))
    desk = queries.desk_of(world.officer(2), field.year, world.unit(2))
    assert queries.desk_result(desk).evidence == {"A.1": 1}
    field.stage("self_scoring")
    sheet = field.sheet(2)
    result = result_of(sheet)
    assert result.completeness.without_evidence == ("A.2", "B.1", "B.2")
    assert {row.code for row in queries.rows_of(result, only="minh-chung")} == {"A", "A.2", "B", "B.1", "B.2"}
    assert {row.code: row.proofs for row in queries.check_rows(result)}["A.1"] == 1
    assert queries.totals_of(result).unproved == 3
    actions.withdraw_citation(citation=get(made, field, world), actor=world.officer(2), now=now)
    assert "A.1" in result_of(field.fresh(sheet)).completeness.without_evidence


def test_files_and_citations_of_a_criterion_are_counted_together_and_of_other_units_apart(field, world, report, cite):
    field.open()
    sheets = {number: field.sheet(number) for number in (2, 3)}
    cite(report(2, "Quý I"))
    cite(report(2, "Quý II"))
    cite(report(3, "Quý III"), unit=world.unit(3), actor=world.officer(3))
    assert [result_of(field.fresh(sheets[number])).evidence for number in (2, 3)] == [{"A.1": 2}, {"A.1": 1}]


def test_a_submission_is_sealed_over_what_was_cited(field, world, now, report, cite):
    field.open()
    digests = []
    sheet = field.sheet(2)
    for title in (None, "Quý I"):
        if title:
            cite(report(2, title))
        actions.submit_sheet(sheet=sheet, actor=world.leader(2), now=now)
        digests.append(JournalEntry.objects.filter(event="SheetSubmitted").order_by("-pk").first().facts)
        actions.recall_sheet(sheet=sheet, reason="Bổ sung minh chứng", actor=world.leader(2), now=now)
    assert digests[0] != digests[1]


def test_a_source_that_changes_or_goes_leaves_what_was_cited_readable(field, world, report, cite):
    field.open()
    sources = [report(2, title) for title in ("Quý I", "Quý II", "Quý III")]
    for source in sources:
        cite(source)
    Report.objects.filter(pk=sources[0].pk).update(days_late=9)
    Report.objects.filter(pk=sources[1].pk).update(first_submitted_at=None, days_late=None)
    table = queries.desk_result(queries.desk_of(world.officer(2), field.year, world.unit(2))).table
    cited = queries.proof_of(field.year, world.unit(2), table, "A.1").cited
    assert [each.state for each in cited] == ["changed", "gone", ""]
    assert [each.citation.title for each in cited] == ["Quý I", "Quý II", "Quý III"]
    assert "chậm 9 ngày" in cited[0].now.words
    assert "chậm 9 ngày" not in cited[0].citation.words


def test_a_source_reads_unchanged_to_a_reader_in_english(field, world, report, cite):
    field.open()
    cite(report(2, "Quý I", days_late=2))
    table = queries.desk_result(queries.desk_of(world.officer(2), field.year, world.unit(2))).table
    with translation.override("en"):
        assert [each.state for each in queries.citations_of(field.year, world.unit(2), table)] == [""]


def corrected(field, world, now, code):
    """A new version of the criteria without the row."""
    rows = [row for row in csv.reader(SMALL.splitlines()) if row[0] != code]
    secretary = world.secretary()
    draft = criteria.import_table(year=field.year, rows=rows, title="Bảng sửa", actor=secretary, now=now)
    criteria.publish_version(version=draft, decision="Sửa bảng", reason="Bỏ điểm thưởng", actor=secretary, now=now)


def test_what_was_cited_for_a_criterion_that_is_gone_is_told_and_can_be_cited_elsewhere(field, world, now, report, cite):
    field.open("running")
    source = report(2, "Quý I")
    made = cite(source, "A.3")
    corrected(field, world, now, "A.3")
    field.stage("self_scoring")
    with refused("scoring.unknown_code"):
        cite(report(2, "Quý II"), "A.3")
    desk = queries.desk_of(world.officer(2), field.year, world.unit(2))
    result = queries.desk_result(desk)
    assert queries.totals_of(result).lost == 1
    cite(source, "A.1")
    states = [(each.citation.code, each.state) for each in queries.citations_of(field.year, world.unit(2), result.table)]
    assert states == [("A.3", "lost"), ("A.1", "")]
    actions.withdraw_citation(citation=get(made, field, world), actor=world.officer(2), now=now)
    assert queries.totals_of(queries.desk_result(desk)).lost == 0


def test_the_way_to_cite_is_offered_to_who_may_at_the_same_cost_however_often(field, world, body, django_assert_num_queries):
    field.open("running")
    unit = world.unit(2)
    officer, year = world.officer(2), field.year
    with django_assert_num_queries(2):
        for number in range(1, 4):
            url = ports.citing_url(officer, year, unit.pk, "task", number)
    assert url == "/cum/cum-2/2021/tu-cham/don-vi-2/dan-chung/?nguon=task&so=3"
    others = [world.officer(3), world.secretary(), world.superior(), field.appraiser(2), world.actor(Role.DELEGATE, unit)]
    assert [ports.citing_url(actor, year, unit.pk, "task", 1) for actor in others] == [""] * 5
    assert ports.citing_url(officer, year, unit.pk, "letter", 1) == ""
    assert ports.citing_url(officer, field.stage("cross_checking"), unit.pk, "task", 1) == ""


def test_without_criteria_in_force_no_way_to_cite_is_offered(field, world):
    bare, unit = world.year(2020, stage="running"), world.unit(2)
    assert ports.citing_url(world.officer(2), bare, unit.pk, "task", 1) == ""
    assert ports.citing_url(world.officer(2), field.open("running"), unit.pk, "task", 1) != ""


@pytest.mark.parametrize("number", [1, 3])
def test_the_proof_of_a_row_costs_the_same_queries_however_much_is_cited(
    field, world, report, cite, number, django_assert_num_queries
):
    """Files, citations, and the reports once."""
    field.open()
    for n in range(number):
        cite(report(2, f"Quý {n}"))
    actor, unit, year = world.officer(2), world.unit(2), field.stage("self_scoring")
    table = queries.desk_result(queries.desk_of(actor, year, unit)).table
    with django_assert_num_queries(3):
        assert len(queries.proof_of(year, unit, table, "A.1").cited) == number
    with django_assert_num_queries(2):
        assert len(queries.citations_of(year, unit, table)) == number
    known = queries.citables_of(year, unit.pk)
    with django_assert_num_queries(2):
        assert len(queries.proof_of(year, unit, table, "A.1", known).cited) == number


def test_a_talk_and_the_year_of_the_corps_are_cited_in_counts(field, world, now, cite):
    year, unit = field.open("running"), world.unit(2)
    speaker = CorpsMember.objects.create(
        unit=unit, kind="rapporteur", name="Nguyễn Văn An", post_title="Phó ban", entered_at=now, entered_by_name="x"
    )
    talk = Talk.objects.create(
        year=year, unit=unit, speaker=speaker, held_on=date(2021, 3, 1), place="Hội trường", listeners=120, recorded_at=now,
        recorded_by_name="x",
    )  # fmt: skip
    assert cite(talk, kind="talk").words == "Trực tiếp, Hội trường; 120 người nghe"
    summed = cite(unit, kind="corps", code="B.1")
    assert "1 buổi tuyên truyền, 120 lượt người nghe" in summed.words
    assert "Nguyễn Văn An" not in summed.title + summed.words
    with pytest.raises(Absent):
        cite(world.unit(3), kind="corps")
