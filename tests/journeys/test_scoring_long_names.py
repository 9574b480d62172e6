"""A table of 231 rows and five levels, with titles and names of units as long as they may be and nowhere to break them, on a
phone: the editor, the sheet, the checks, the grid and the ranking."""

from decimal import Decimal

import pytest
from django.utils import timezone

from tests.journeys.practice_year import days_ago
from tests.journeys.test_corps_long_names import long
from thidua.criteria import actions as criteria
from thidua.crosschecks import actions as crosschecks
from thidua.crosschecks.models import CheckRound, CheckTask
from thidua.crosschecks.rules.plan import RoundPlan
from thidua.kernel.actor import Role
from thidua.people.models import Organisation
from thidua.scoring import actions as scoring
from thidua.scoring.models import ScoreLine, ScoreSheet
from thidua.scoring.rules import ScoreLine as ScoredLine
from thidua.scoring.tests.conftest import Field

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YEAR = "/cum/cum-2/2021/"
SHEET, CHECK, ROUND = f"{YEAR}tu-cham/don-vi-2/", f"{YEAR}tham-dinh/don-vi-2/", f"{YEAR}tham-dinh/vong/1/"
LEAF = "T.1.1.1.1"
REASON = "Lý do dài " + "x" * 190


@pytest.fixture
def width() -> str:
    """Only on a phone: at a desk there is more room."""
    return "phone"


def tall_table() -> list[list[str]]:
    """231 rows on five levels: 1 + 5 + 25 + 50 + 150; each of the 150 leaves gives a point."""
    rows = [["code", "parent_code", "title_vi", "max_points", "kind", "rule_text_vi"]]

    def grow(code, parent, widths):
        leaves = 1
        for width in widths:
            leaves *= width
        rows.append([code, parent, long("abcdefghik"[len(rows) % 10]), str(leaves), "points", "" if widths else long("q")])
        for place in range(1, widths[0] + 1) if widths else ():
            grow(f"{code}.{place}", code, widths[1:])

    grow("T", "", (5, 5, 2, 3))
    assert len(rows) == 1 + 231
    return rows


class Hall:
    """The year of the long names, in which three units of long names take part; it is at self-scoring."""

    def __init__(self, world, now) -> None:
        self.world, self.now = world, now
        self.field = Field(world, now)
        self.field.open(rows=tall_table())
        for number, letter in ((1, "m"), (2, "n"), (3, "p")):
            Organisation.objects.filter(pk=world.unit(number).pk).update(name_vi=long(letter))
        by = {"actor": world.secretary(), "now": now}
        criteria.start_draft(year=self.field.year, start=criteria.Start.IN_FORCE, title=long("t", 300), **by)
        for number in (1, 2, 3):
            self.fill(number)

    def fill(self, number: int) -> None:
        """A sheet with each leaf scored, and a reason as long as a reason can be read."""
        sheet = self.field.sheet(number, {})
        leaves = [code for code, *_rest, rule in tall_table()[1:] if rule and code != LEAF]
        line = {"sheet": sheet, "reason": REASON, "edited_at": self.now, "edited_by_name": long("v")}
        ScoreLine.objects.bulk_create(ScoreLine(code=code, points=place >= number, **line) for place, code in enumerate(leaves))
        self.field.save(sheet, number, LEAF, points="1")
        if number != 2:
            self.submit(number)

    def submit(self, number: int) -> None:
        """The leader submits."""
        sheet = ScoreSheet.objects.get(unit=self.world.unit(number))
        scoring.submit_sheet(sheet=sheet, actor=self.world.leader(number), now=timezone.now())

    def lay_round(self) -> CheckRound:
        """An open round in which each unit checks one other, and one point that fell for a long reason."""
        self.field.stage("cross_checking")
        by = {"actor": self.world.secretary(), "now": timezone.now()}
        how = {"mode": "pairwise", "visibility": "open", "names_hidden": False, "aggregation": "median", "per_unit": 1}
        plan = RoundPlan(title=long("z"), due_on=days_ago(-9), **how)
        check = crosschecks.make_round(year=self.field.year, plan=plan, **by)
        crosschecks.draw_checks(check=check, seed=7, **by)
        crosschecks.open_round(check=check, **by)
        task = CheckTask.objects.get(round=check, checker=self.world.unit(2))
        checker, fallen = self.world.officer(2), ScoredLine(code=LEAF, points=Decimal("0.5"))
        crosschecks.give_mark(task=task, line=fallen, reason=REASON, revision=None, actor=checker, now=timezone.now())
        return check


@pytest.fixture
def hall(world, now) -> Hall:
    """See Hall."""
    return Hall(world, now)


def test_a_tall_table_fits_a_phone(hall, world, visit):
    secretary = visit(world.person(Role.HEAD_SECRETARY, world.unit(1)).username).sign_in("pw")
    officer = visit(world.person(Role.UNIT_OFFICER, world.unit(2)).username).sign_in("pw")
    leader = visit(world.person(Role.UNIT_LEADER, world.unit(2)).username).sign_in("pw")
    look(secretary, YEAR + "tieu-chi/", "soan/", f"soan/?dong={LEAF}", "soan/?them=T&cho=into")
    look(secretary, YEAR + "tieu-chi/", "cac-ban/", "so-sanh/", "ban-hanh/")
    look(officer, SHEET, "", "?loc=thieu", "phan-viec/", "ngoai-tuyen/", f"minh-chung/{LEAF}/", "dan-chung/")
    look(leader, SHEET, "nop/")
    hall.submit(2)
    look(leader, SHEET, "", "ban-nop/1/", "rut-lai/")
    check = hall.lay_round()
    look(secretary, YEAR + "tham-dinh/", "", "xung-dot/", "vong/", "vong/1/", "vong/1/sua/")
    task = CheckTask.objects.get(round=check, checker=world.unit(2))
    look(officer, ROUND, "", "bang/", "bang/?phan=tat-ca", f"o/{task.unit.slug}/{LEAF}/")
    crosschecks.close_round(check=check, reason=REASON, actor=world.secretary(), now=timezone.now())
    look(secretary, ROUND, "", "bang/?phan=tat-ca", "lech/", "chot/", f"o/don-vi-2/{LEAF}/")
    look(officer, CHECK, "")
    look(secretary, YEAR + "xep-hang/", "", "?don-vi=don-vi-3", "tinh-lai/")
    look(secretary, YEAR + "xep-hang/gia-dinh/", "", f"?don-vi=don-vi-2&tieu-chi={LEAF}&diem-moi=0,5")


def look(visitor, base: str, *pages: str) -> None:
    """Open these pages; the visitor complains of what does not fit."""
    for page in pages:
        visitor.open(base + page)
        assert visitor.page.locator("main h1").count() == 1, f"{base + page}: {visitor.page.title()}"
