"""The cross-check of 2021: each unit checks two others, drawn by a seed; what they changed has its reason. All illustrative."""

from datetime import timedelta
from decimal import Decimal

from thidua.clusters.models import ClusterYear
from thidua.crosschecks import actions as crosschecks
from thidua.crosschecks.models import Aggregation, CheckTask, Mode, Visibility
from thidua.crosschecks.rules.plan import RoundPlan
from thidua.demo import builder, cast, scores
from thidua.demo.builder import as_, at, day
from thidua.people.models import Organisation
from thidua.scoring import actions as scoring
from thidua.scoring.actions.minutes import Session
from thidua.scoring.models import ScoreSheet
from thidua.scoring.rules import ScoreLine

SEED = 2021
PLAN = RoundPlan(
    title="Thẩm định chéo năm 2021",
    mode=Mode.PAIRWISE,
    visibility=Visibility.OWN_FIRST,
    names_hidden=False,
    aggregation=Aggregation.MEDIAN,
    per_unit=2,
    due_on=day("2021-11-17"),
)
APART = {"coquan": (ScoreLine(code="II.3", points=Decimal(6)), "Một kỳ báo cáo của cộng tác viên thiếu số liệu.")}
"""Where the first checker alone finds another figure: the median lies between the two."""


def check(year: ClusterYear, units: dict[str, Organisation]) -> None:
    """The round from drawing to verdicts, and the two appraisers to whom questions about a unit go."""
    assign(year, units)
    begun, now = at(2021, 11, 11, 14), as_("thuky", at(2021, 11, 11, 14))
    held = crosschecks.make_round(year=year, plan=PLAN, actor=now, now=begun)
    crosschecks.draw_checks(check=held, seed=SEED, actor=now, now=begun)
    crosschecks.open_round(check=held, actor=now, now=begun)
    keys: dict[int | None, str] = {unit.pk: key for key, unit in units.items()}
    first: set[int] = set()
    for task in held.tasks.select_related("unit", "checker"):
        mark(task, keys[task.checker_id], keys[task.unit_id], alone=task.unit_id not in first)
        first.add(task.unit_id)
    ended = at(2021, 11, 18, 15)
    talk(year, units)
    crosschecks.close_round(check=held, actor=as_("thuky", ended), now=ended)
    settled = at(2021, 11, 19)
    crosschecks.settle_round(check=held, actor=as_("thuky", settled), now=settled)
    for hour, row in enumerate(cast.UNITS, 8):
        write_minutes(year, units[row.key], row, hour)


def assign(year: ClusterYear, units: dict[str, Organisation]) -> None:
    """Two appraisers, neither of the unit that is given to them."""
    now = at(2021, 11, 11, 10)
    for row in cast.UNITS:
        username = "thamdinh-2" if row.key == cast.HEAD else "thamdinh-1"
        person = builder.person(username)
        scoring.assign_appraiser(year=year, person=person, unit=units[row.key], actor=as_("thuky", now), now=now)


def mark(task: CheckTask, checker: str, unit: str, *, alone: bool) -> None:
    """One unit's officer checks another unit: what is to be changed, the rest agreed with, done."""
    now = at(2021, 11, 15 + task.pk % 3, 14)
    officer = as_(f"canbo-{checker}", now)
    found = (APART[unit],) if unit in APART and alone else () if unit in APART else scores.CHANGES.get(unit, ())
    for line, reason in found:
        crosschecks.give_mark(task=task, line=line, reason=reason, actor=officer, now=now)
    crosschecks.confirm_rest_of_task(task=task, actor=officer, now=now)
    crosschecks.finish_task(task=task, actor=officer, now=now)


def write_minutes(year: ClusterYear, unit: Organisation, row: cast.UnitRow, hour: int) -> None:
    """The score minutes of one unit, one session after the other; everybody is named by post."""
    begun = at(2021, 11, 19, hour)
    session = Session(
        begun_at=begun,
        ended_at=begun + timedelta(minutes=45),
        place="Phòng họp của cụm trưởng (minh hoạ)",
        checkers="Tổ thẩm định của cụm\nThư ký cụm",
        unit_people=f"Lãnh đạo đơn vị, {row.name_vi}\nCán bộ thi đua, {row.name_vi}",
        opinion="Thống nhất với kết quả chấm điểm.",
        copies=2,
        kept_by=f"Cụm trưởng\n{row.name_vi}",
        chair="Tổ trưởng tổ thẩm định",
        secretary="Thư ký cụm",
        signer="Lãnh đạo đơn vị",
    )
    username = "thamdinh-2" if row.key == cast.HEAD else "thamdinh-1"
    sheet = ScoreSheet.objects.get(year=year, unit=unit)
    scoring.write_minutes(sheet=sheet, session=session, actor=as_(username, session.ended_at), now=session.ended_at)


def talk(year: ClusterYear, units: dict[str, Organisation]) -> None:
    """A question about one line, and the unit's answer."""
    where = {"year": year, "unit": units["kimloaimau"], "code": "II.1"}
    for username, text, now in (
        ("captren", "Đề nghị đơn vị gửi sổ của 4 buổi còn thiếu căn cứ, nếu có.", at(2021, 11, 17, 9)),
        ("canbo-kimloaimau", "Bốn buổi ấy không mở sổ. Đơn vị thống nhất tính 42 buổi.", at(2021, 11, 17, 16)),
    ):
        crosschecks.say_remark(**where, text=text, actor=as_(username, now), now=now)
