"""A cluster year with published criteria, at the stage a test asks for."""

import csv
from decimal import Decimal

import pytest

from thidua.clusters.models import ClusterYear
from thidua.criteria import actions as criteria
from thidua.criteria.queries import forget_tables
from thidua.kernel.actor import Role
from thidua.reports.models import Report, ReportPeriod
from thidua.scoring import actions, rules
from thidua.scoring.models import ScoreSheet
from thidua.scoring.queries.results import forget_results
from thidua.scoring.tests.tables import DATA

SMALL = """code,parent_code,title_vi,max_points,kind,rule_text_vi,unit,method,per_case,cap
A,,Học tập nghị quyết,15,points,,điểm,,,
A.1,A,Học tập đúng kế hoạch,10,points,,điểm,award,,
A.2,A,Nhiệm vụ hoàn thành,5,ratio,,%,proportional,,
A.3,A,Sáng kiến được công nhận,3,bonus,,sáng kiến,per_case,1,3
B,,Chế độ báo cáo,10,points,,điểm,,,
B.1,B,Báo cáo đúng hạn,6,points,,ngày,lateness,0.5,
B.2,B,Chất lượng báo cáo,4,points,,điểm,,,
B.2.1,B.2,[mức] tốt,4,points,[mức] tốt,điểm,,,
B.2.2,B.2,[mức] khá,2,points,[mức] khá,điểm,,,
B.3,B,Báo cáo sai số liệu,-2,penalty,,lần,per_case,-1,-2
G,,Không gửi báo cáo giải trình,,gate,không xếp hạng,lần,pass_fail,,
"""
FULL = {
    "A.1": {"points": "9"},
    "A.2": {"actual": "40", "target": "50"},
    "B.1": {"days_late": "2"},
    "B.2": {"grade": "B.2.1"},
}
"""A sheet with every required figure: 9 + 4 + 5 + 4 = 22."""


@pytest.fixture(autouse=True)
def _nothing_remembered():
    forget_tables()
    forget_results()


def columns(code, figures) -> rules.ScoreLine:
    """A line from figures written as text."""
    exact = {name: value if name in ("grade", "passed", "assigned") else Decimal(value) for name, value in figures.items()}
    return rules.ScoreLine(code=code, **exact)


class Field:
    """Builds sheets through the real actions."""

    def __init__(self, world, now):
        self.world, self.now = world, now
        self.year = None

    def open(self, stage="self_scoring", rows=None, **values) -> ClusterYear:
        """A year with published criteria (the small table unless `rows`), at the stage."""
        self.year = self.world.year(**values)
        secretary = self.world.secretary()
        rows = rows or list(csv.reader(SMALL.splitlines()))
        draft = criteria.import_table(year=self.year, rows=rows, title="Bảng tiêu chí 2021", actor=secretary, now=self.now)
        criteria.publish_version(version=draft, decision="Biên bản hội nghị", actor=secretary, now=self.now)
        return self.stage(stage)

    def open_real(self, stage="self_scoring", **values) -> ClusterYear:
        """A year scored with the table of 147 rows."""
        with (DATA / "tien-giang-tnmt-phong-2022.csv").open(encoding="utf-8", newline="") as file:
            return self.open(stage, rows=list(csv.reader(file)), **values)

    def stage(self, stage) -> ClusterYear:
        """The year moved to the stage, as if by its head."""
        ClusterYear.objects.filter(pk=self.year.pk).update(stage=stage)
        self.year = ClusterYear.objects.select_related("cluster__superior_body", "head").get(pk=self.year.pk)
        return self.year

    def sheet(self, number, lines=None) -> ScoreSheet:
        """The sheet of the n-th unit with the lines saved by its officer."""
        officer = self.world.officer(number)
        sheet = actions.open_sheet(year=self.year, unit=self.world.unit(number), actor=officer, now=self.now)
        for code, figures in (FULL if lines is None else lines).items():
            self.save(sheet, number, code, **figures)
        return self.fresh(sheet)

    def save(self, sheet, number, code, reason="", revision=None, **figures):
        """One line saved by the officer of the n-th unit."""
        return actions.save_line(
            sheet=sheet,
            line=columns(code, figures),
            reason=reason,
            revision=revision,
            actor=self.world.officer(number),
            now=self.now,
        )

    def submitted(self, number, lines=None) -> ScoreSheet:
        """The sheet of the n-th unit, submitted by its leader."""
        sheet = self.sheet(number, lines)
        actions.submit_sheet(sheet=sheet, actor=self.world.leader(number), now=self.now)
        return self.fresh(sheet)

    def appraiser(self, number, place=None):
        """An appraiser (of the superior body unless `place`) to whom the n-th unit is given."""
        body = place or self.world.organisation("Ban Tuyen giao", "party_body")
        person = self.world.person(Role.APPRAISER, body)
        unit = self.world.unit(number)
        actions.assign_appraiser(year=self.year, person=person, unit=unit, actor=self.world.secretary(), now=self.now)
        return self.world.actor(Role.APPRAISER, body)

    def finish(self, sheet, number):
        """What remains of the n-th unit's sheet is confirmed and its check finished."""
        appraiser = self.appraiser(number)
        actions.confirm_all_remaining(sheet=sheet, actor=appraiser, now=self.now)
        actions.finish_check(sheet=sheet, actor=appraiser, now=self.now)

    def judge(self, sheet, actor, code, reason="", revision=None, **figures):
        """One verdict."""
        line = columns(code, figures)
        return actions.give_verdict(sheet=sheet, line=line, reason=reason, revision=revision, actor=actor, now=self.now)

    def fresh(self, sheet) -> ScoreSheet:
        """The sheet as it stands now."""
        return ScoreSheet.objects.select_related("year__cluster", "unit", "version").get(pk=sheet.pk)


@pytest.fixture
def field(world, now) -> Field:
    """See Field."""
    return Field(world, now)


@pytest.fixture
def line():
    """line("A.1", points="5") → a line of the rules."""
    return lambda code, **figures: columns(code, figures)


@pytest.fixture
def body(world):
    """The superior body."""
    return world.organisation("Ban Tuyen giao", "party_body")


@pytest.fixture
def report(field, world):
    """report(2, "Quý I", days_late=3) → the report of the n-th unit for a period of that title; without days a draft."""

    def make(number, title, days_late=0, returned=0):
        days = {"starts_on": "2021-01-01", "ends_on": "2021-03-31", "due_on": "2021-04-05"}
        period, _made = ReportPeriod.objects.get_or_create(
            year=field.year, title=title, defaults={"kind": "quarter", "signer": "Lãnh đạo", **days}
        )
        came = {} if days_late is None else {"first_submitted_at": field.now, "status": "submitted"}
        return Report.objects.create(
            period=period, unit=world.unit(number), days_late=days_late, times_returned=returned, opened_at=field.now, **came
        )

    return make


@pytest.fixture
def checking(field):
    """Sheets of units 1 to 3 submitted (22, 22 and 20 points), unit 2 given to an appraiser, at the stage of cross-checking."""
    field.open()
    sheets = [field.submitted(1), field.submitted(2), field.submitted(3, {**FULL, "A.1": {"points": "7"}})]
    appraiser = field.appraiser(2)
    field.stage("cross_checking")
    return sheets, appraiser
