"""The article's cluster: 2021 lived through to its end, 2022 opened and its pledge signed.

Facts (units, head, date of the conference, what it did) are the article's. Everything else, above all points, titles and the
next head, is illustrative, and the years are marked so.
"""

from collections.abc import Callable
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from thidua.clusters import actions as clusters
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import STAGES, Stage, StageSpan, place
from thidua.criteria import actions as criteria
from thidua.demo import (
    assessing,
    builder,
    cast,
    checking,
    closing,
    corps,
    digests,
    documents,
    forecasting,
    next_year,
    reporting,
    scores,
    work,
)
from thidua.demo.builder import SAY, as_, at, day
from thidua.demo.tien_giang import table_rows
from thidua.directives.queries import citables as studied
from thidua.forecasts.queries import citables as foreseen
from thidua.kernel.actor import Actor
from thidua.paperwork.papers import pdf_of
from thidua.paperwork.rules import Paper, Paragraph
from thidua.people import actions as people
from thidua.people.models import Organisation
from thidua.pledges import actions as pledges
from thidua.pledges.rules import Target
from thidua.programmes.queries import citables as programmed
from thidua.rapporteurs.queries import citables as assembled
from thidua.reports.queries import citables as reported
from thidua.scoring import actions as scoring

NAME = "Cụm thi đua Tuyên giáo số 2"
TABLE = "tuyen-giao-minh-hoa.csv"
CALENDAR = (
    StageSpan(Stage.PREPARING, day("2021-01-05"), day("2021-02-05")),
    StageSpan(Stage.PLEDGED, day("2021-02-05"), None),
    StageSpan(Stage.RUNNING, day("2021-02-18"), None),
    StageSpan(Stage.MID_YEAR, day("2021-07-28"), day("2021-08-15")),
    StageSpan(Stage.SELF_SCORING, day("2021-10-20"), day("2021-11-10")),
    StageSpan(Stage.CROSS_CHECKING, day("2021-11-11"), day("2021-11-20")),
    StageSpan(Stage.CONFERENCE, day("2021-11-26"), day("2021-11-26")),
    StageSpan(Stage.DECIDED, day("2021-11-29"), day("2021-12-15")),
)
TARGETS = (
    Target("Đảng viên được học tập, quán triệt nghị quyết Đại hội XIII của Đảng"),
    Target("Xây dựng chương trình hành động cụ thể của đảng bộ đơn vị"),
)


def enter_people(say: SAY) -> dict[str, Organisation]:
    """Units and accounts of the article's cluster."""
    say("Các đơn vị trong bài báo và tài khoản mẫu")
    now = at(2020, 12, 28)
    units = {row.key: builder.enter_unit(row, now) for row in (cast.SUPERIOR, *cast.UNITS)}
    for post in cast.POSTS:
        builder.enter_account(post, units[post.unit], now)
    builder.open_account(people.set_up_operator(username="quantri", name="Quản trị cài đặt", now=now), now)
    return units


class Year2021:
    """The year, step by step; each step is what happened before the year entered a stage."""

    def __init__(self, units: dict[str, Organisation], say: SAY) -> None:
        self.units, self.say = units, say
        self.members = [units[row.key] for row in cast.UNITS]
        self.year = self._open()

    def until(self, wanted: str) -> ClusterYear:
        """Live the year until it is in the stage `wanted`."""
        steps: dict[Stage, tuple[Callable[[], datetime], str]] = {
            Stage.PLEDGED: (self.pledge, "2021: ký giao ước"),
            Stage.RUNNING: (self.receive, "2021: thực hiện"),
            Stage.MID_YEAR: (self.first_half, "2021: sơ kết"),
            Stage.SELF_SCORING: (self.second_half, "2021: tự chấm điểm"),
            Stage.CROSS_CHECKING: (self.self_score, "2021: thẩm định"),
            Stage.CONFERENCE: (self.cross_check, "2021: hội nghị"),
            Stage.DECIDED: (self.confer, "2022: mở năm, ký giao ước; 2021: chờ quyết định"),
            Stage.CLOSED: (self.decide, "2021: đóng năm"),
        }
        for stage in STAGES[1 : place(wanted) + 1]:
            step, words = steps[stage]
            self.say(words)
            now = step()
            clusters.advance_stage(year=self.year, stage=stage, actor=as_("thuky", now), now=now)
            self.year.refresh_from_db()
        return self.year

    def _open(self) -> ClusterYear:
        self.say("2021: chuẩn bị")
        now = at(2021, 1, 5)
        body, superior = self.units[cast.SUPERIOR.key], as_("captren", now)
        rotation = [*self.members[-1:], *self.members[:-1]]
        cluster = clusters.form_cluster(
            superior_body=body,
            name_vi=NAME,
            name_en="Propaganda emulation cluster No. 2",
            rotation=rotation,
            actor=superior,
            now=now,
        )
        year = clusters.open_first_year(
            cluster=cluster,
            year=2021,
            members=self.members,
            head=self.units[cast.HEAD],
            deputy=self.units["congan"],
            illustrative=True,
            actor=superior,
            now=now,
        )
        secretary = as_("thuky", now)
        clusters.set_calendar(year=year, spans=CALENDAR, actor=secretary, now=now)
        clusters.agree_rules(year=year, tie_break=["I", "II"], ranking_from=Stage.CROSS_CHECKING, actor=secretary, now=now)
        return year

    def pledge(self) -> datetime:
        """Criteria published on 15-01, the text frozen and signed by all seven leaders on 05-02."""
        now = at(2021, 1, 15)
        draft = criteria.import_table(
            year=self.year,
            rows=table_rows(TABLE),
            title="Bảng tiêu chí 2021 (minh hoạ)",
            source_name=TABLE,
            actor=as_("thuky", now),
            now=now,
        )
        criteria.publish_version(
            version=draft, decision="Biên bản họp cụm ngày 15-01-2021 (minh hoạ)", actor=as_("thuky", now), now=now
        )
        return sign_pledge(self.year, at(2021, 1, 25), at(2021, 2, 5), "thuky")

    def receive(self) -> datetime:
        """The article's documents enter the register; the year's reports are asked for; the documents go out."""
        self.documents = documents.register(self.year, at(2021, 2, 8))
        reporting.ask(self.year, at(2021, 2, 10))
        documents.distribute(self.year, self.documents, at(2021, 2, 17))
        corps.appoint(self.year, self.units, at(2021, 2, 10))
        corps.set_topics(self.year, self.units, self.documents, at(2021, 2, 12))
        forecasting.ask(self.year, "2021-02-26")
        return at(2021, 2, 26)

    def first_half(self) -> datetime:
        """Study, programmes, tasks, two quarters reported and consolidated."""
        documents.study(self.year, self.units, self.documents)
        work.undertake(self.year, self.units, self.documents["xiii"])
        work.measure(self.year, 0)
        self._quarter(0, "2021-05-10")
        reporting.report(self.year, self.units, "I", reporting.EVERYBODY)
        work.carry_on(self.year, at(2021, 6, 30, 17))
        work.measure(self.year, 1)
        self._quarter(1, "2021-07-20")
        reporting.report(self.year, self.units, "II", reporting.EVERYBODY)
        reporting.consolidate(self.year, 0, at(2021, 4, 20))
        reporting.consolidate(self.year, 1, at(2021, 7, 20))
        return at(2021, 7, 28)

    def second_half(self) -> datetime:
        """The third quarter, and the year's report of those who send it in time."""
        work.carry_on(self.year, at(2021, 10, 15, 17))
        work.measure(self.year, 2)
        self._quarter(2, "2021-10-16")
        reporting.report(self.year, self.units, "III", reporting.EVERYBODY)
        reporting.consolidate(self.year, 2, at(2021, 10, 18))
        reporting.report(self.year, self.units, "year", reporting.EVERYBODY - reporting.LATE_COMERS)
        return at(2021, 10, 20)

    def _quarter(self, number: int, until: str) -> None:
        """The talks and counts of a quarter, and what is asked and decided up to a day."""
        corps.speak(self.year, number)
        corps.speak_above(self.year, number)
        corps.count(self.year, number)
        digests.issue(self.year, number)
        forecasting.ask(self.year, until)
        forecasting.decide(self.year, until)

    def self_score(self) -> datetime:
        """The year's reports that come late; every unit fills in its sheet and attaches evidence; the leaders submit."""
        reporting.report(self.year, self.units, "year", reporting.LATE_COMERS)
        corps.count(self.year, 3)
        for row, now in zip(cast.UNITS, (at(2021, 11, d, 15) for d in (5, 4, 9, 6, 9, 10, 7)), strict=True):
            officer = as_(f"canbo-{row.key}", now)
            sheet = scoring.open_sheet(year=self.year, unit=self.units[row.key], actor=officer, now=now)
            for line, reason in scores.self_scores(row.key):
                scoring.save_line(sheet=sheet, line=line, reason=reason, actor=officer, now=now)
            pdf = evidence(row)
            for code in (code for code in scores.EVIDENCED if code not in scores.WITHOUT_EVIDENCE.get(row.key, ())):
                upload = SimpleUploadedFile(f"minh-chung-{code}.pdf", pdf)
                scoring.attach_evidence(sheet=sheet, code=code, upload=upload, note="Minh hoạ", actor=officer, now=now)
            cite(self.year, self.units[row.key], officer, now)
            scoring.submit_sheet(sheet=sheet, actor=as_(f"lanhdao-{row.key}", now), now=now)
        return at(2021, 11, 11)

    def cross_check(self) -> datetime:
        """Each unit checks two others; the round is settled."""
        checking.check(self.year, self.units)
        forecasting.decide(self.year, "2021-11-20")
        assessing.settle(self.year)
        next_year.draft(self.year, self.units, self.documents)
        reporting.consolidate(self.year, 3, at(2021, 11, 20))
        closing.plan(self.year, at(2021, 11, 22))
        return at(2021, 11, 25)

    def confer(self) -> datetime:
        """The conference; within it 2022 is opened and its pledge signed, as the article tells."""
        closing.hold(self.year, self.units)
        next_year.adopt(self.year)
        opened = closing.open_2022(self.year)
        signed = sign_pledge(opened, at(2021, 11, 26, 10, 50), at(2021, 11, 26, 11, 10), "thuky-2022")
        clusters.advance_stage(year=opened, stage=Stage.PLEDGED, actor=as_("thuky-2022", signed), now=signed)
        next_year.open_work(self.year, opened, self.documents, signed)
        corps.begin(opened, self.documents, signed)
        forecasting.open_next(opened, "thuky-2022", signed)
        closing.end(self.year)
        closing.publish_article(self.year)
        return at(2021, 11, 29)

    def decide(self) -> datetime:
        """Decisions and the hand-over."""
        closing.decide(self.year)
        return at(2021, 12, 31)


CITED = {"study": "I.1", "programme": "I.2", "corps": "II.3", "forecasting": "III.1", "report": "IV.1"}
"""For which criterion a unit cites what it recorded of each kind."""


def cite(year: ClusterYear, unit: Organisation, officer: Actor, now: datetime) -> None:
    """The unit names what it has recorded as evidence: its study sessions, approved programmes and reports."""
    sources = (studied, programmed, reported, assembled, foreseen)
    for source in [each for recorded in sources for each in recorded(year, unit.pk)]:
        if source.kind in CITED:
            code = CITED[source.kind]
            scoring.cite_source(year=year, unit=unit, code=code, kind=source.kind, source=source.pk, actor=officer, now=now)


def sign_pledge(year: ClusterYear, drafted: datetime, signed: datetime, secretary: str) -> datetime:
    """Draft, let every unit set its targets, freeze, let every leader confirm."""
    pledge = pledges.draft_pledge(year=year, actor=as_(secretary, drafted), now=drafted)
    for membership in year.memberships.select_related("organisation"):
        row = next(row for row in cast.UNITS if row.name_vi == membership.organisation.name_vi)
        officer = as_(f"canbo-{row.key}", drafted)
        pledges.set_targets(pledge=pledge, unit=membership.organisation, targets=TARGETS, actor=officer, now=drafted)
    pledge = pledges.freeze_pledge(pledge=pledge, actor=as_(secretary, signed), now=signed)
    for row in cast.UNITS:
        leader = as_(f"lanhdao-{row.key}", signed)
        unit = next(
            m.organisation for m in year.memberships.select_related("organisation") if m.organisation.name_vi == row.name_vi
        )
        pledges.confirm_pledge(pledge=pledge, unit=unit, digest=pledge.digest, actor=leader, now=signed)
    return signed


def evidence(row: cast.UnitRow) -> bytes:
    """A real PDF that says it only illustrates what evidence looks like."""
    paper = Paper(
        layout="party",
        superior_name="",
        issuer_name=row.name_vi,
        number="",
        place="Thái Nguyên",
        day=day("2021-11-03"),
        kind_title="MINH CHỨNG",
        abstract="Kèm phiếu tự chấm năm 2021",
        signatures=(),
        recipients=(),
        illustrative=True,
        blocks=(Paragraph("Tệp này do thidua tạo để minh hoạ cách đính kèm minh chứng; không phải văn bản của đơn vị."),),
    )
    return pdf_of(paper)


def build(stage: str, say: SAY) -> ClusterYear:
    """The cluster up to a stage of 2021; all of it (2022 opened and pledged as well) for the last stage."""
    return Year2021(enter_people(say), say).until(stage)
