"""What the units undertook and did in 2021: action programmes for the congress's resolution, the drive against COVID-19, tasks.

That every unit studied the resolution, tied it to an action programme and worked against COVID-19 at the same time is the
article's; every task, day and figure is illustrative.
"""

from datetime import datetime
from decimal import Decimal

from thidua.clusters.models import ClusterYear
from thidua.demo import cast
from thidua.demo.builder import as_, at, day
from thidua.directives.models import Directive
from thidua.people.models import Organisation, Post
from thidua.programmes import actions as programmes
from thidua.programmes.models import Programme, ProgrammeKind, Task
from thidua.programmes.queries.documents import content_of
from thidua.programmes.rules.content import IndicatorLine, digest
from thidua.programmes.rules.tasks import Draft, Every, State
from thidua.programmes.rules.writing import IndicatorEntry, Lists, Written

GOALS = (
    "Mọi đảng viên được học tập, quán triệt nghị quyết Đại hội XIII của Đảng",
    "Nghị quyết thành việc làm cụ thể trong đảng bộ đơn vị",
)
REACHED = IndicatorLine("Tỷ lệ đảng viên được học tập, quán triệt", "%", Decimal(95))
TALKS = IndicatorLine("Số buổi tuyên truyền nghị quyết", "buổi", Decimal(12))
FIGURES = {
    "congan": (("75", "98", "98"), ("4", "8", "12")),
    "quansu": (("99", "99", "99"), ("4", "9", "13")),
    "benhvien": (("72", "94", "94"), ("2", "5", "9")),
    "coquan": (("98.6", "98.6", "98.6"), ("4", "8", "12")),
    "daihoc": (("73.3", "95.6", "95.6"), ("3", "7", "11")),
    "gangthep": (("87.3", "87.3", "87.3"), ("2", "4", "7")),
    "kimloaimau": (("98", "98", "98"), ("4", "9", "14")),
}
"""Both indicators at the end of each quarter: made up."""
MORE = (
    ("Đưa nội dung nghị quyết vào sinh hoạt chi bộ", "2021-08-31"),
    ("Kiểm tra việc thực hiện chương trình hành động ở các chi bộ", "2021-09-30"),
)
DRIVE = (
    ("Tuyên truyền các biện pháp phòng, chống dịch trong đơn vị", "2021-06-30"),
    ("Vận động tiêm vắc-xin đúng kế hoạch của đơn vị", "2021-10-15"),
)
UNFINISHED = {
    ("gangthep", 3): (40, State.DOING, ""),
    ("benhvien", 3): (60, State.WAITING, "Chờ các chi bộ gửi báo cáo tự kiểm tra"),
    ("daihoc", 3): (0, State.DROPPED, "Gộp vào đợt kiểm tra cuối năm của đảng ủy"),
}
"""Tasks (by their place in the programme) that were not done."""


def undertake(year: ClusterYear, units: dict[str, Organisation], resolution: Directive) -> None:
    """Between March and April every unit writes, and its leader approves, an action programme and the drive."""
    for number, row in enumerate(cast.UNITS):
        now = at(2021, 3, 15 + number, 9)
        programme = _action_programme(year, units[row.key], row.key, resolution, now)
        approve(programme, row.key, at(2021, 4, 1 + number, 10))
        drive = _drive(year, units[row.key], row.key, at(2021, 4, 8, 9))
        approve(drive, row.key, at(2021, 4, 9, 10))
    _monthly(year, units["coquan"])


def _action_programme(year: ClusterYear, unit: Organisation, key: str, resolution: Directive, now: datetime) -> Programme:
    officer = as_(f"canbo-{key}", now)
    written = Written(
        title=f"Chương trình hành động thực hiện nghị quyết Đại hội XIII của Đảng của {unit.name_vi}"[:300],
        grounds="Căn cứ nghị quyết Đại hội XIII của Đảng và chỉ đạo của Ban Thường vụ Tỉnh ủy (minh hoạ)",
        measures="Cấp ủy phân công, kiểm tra từng quý; kết quả đưa vào báo cáo của đơn vị.",
        starts_on=day("2021-03-15"),
        ends_on=day("2021-12-31"),
    )
    programme = programmes.create_programme(
        year=year,
        unit=unit,
        kind=ProgrammeKind.ACTION,
        written=written,
        directive=resolution,
        clauses=list(resolution.clauses.values_list("pk", flat=True)),
        actor=officer,
        now=now,
    )
    lists = Lists(goals=GOALS, indicators=(IndicatorEntry(REACHED), IndicatorEntry(TALKS)), tasks=None)
    programme = programmes.edit_programme(
        programme=programme, written=written, lists=lists, revision=programme.revision, actor=officer, now=now
    )
    _add(programme, key, MORE, now)
    return programme


def _drive(year: ClusterYear, unit: Organisation, key: str, now: datetime) -> Programme:
    written = Written(
        title="Phòng, chống dịch COVID-19 năm 2021",
        grounds="Đợt chuyên đề song song với nhiệm vụ của năm (minh hoạ)",
        starts_on=day("2021-04-08"),
        ends_on=day("2021-12-31"),
    )
    officer = as_(f"canbo-{key}", now)
    drive = programmes.create_programme(year=year, unit=unit, kind=ProgrammeKind.SPECIAL, written=written, actor=officer, now=now)
    _add(drive, key, DRIVE, now)
    return drive


def _add(programme: Programme, key: str, lines: tuple[tuple[str, str], ...], now: datetime) -> None:
    officer = as_(f"canbo-{key}", now)
    post = Post.objects.get(organisation=programme.unit, title_vi="Cán bộ thi đua")
    for title, due in lines:
        draft = Draft(title=title, owner_post_id=post.pk, starts_on=now.date(), due_on=day(due))
        programmes.add_task(programme=programme, draft=draft, actor=officer, now=now)


def _monthly(year: ClusterYear, unit: Organisation) -> None:
    """A monthly meeting of rapporteurs and collaborators, as the bloc of agencies is known to hold."""
    now = at(2021, 4, 12, 9)
    programme = Programme.objects.get(year=year, unit=unit, kind=ProgrammeKind.ACTION)
    officer = as_("canbo-coquan", now)
    draft = Draft(title="Giao ban báo cáo viên, cộng tác viên", due_on=day("2021-05-10"))
    first = programmes.add_task(programme=programme, draft=draft, actor=officer, now=now)
    programmes.repeat_task(task=first, every=Every.MONTH, until=day("2021-10-10"), actor=officer, now=now)


def approve(programme: Programme, key: str, now: datetime) -> None:
    """The officer lays the programme before the leader, who approves it."""
    programmes.present_programme(programme=programme, actor=as_(f"canbo-{key}", now), now=now)
    programme.refresh_from_db()
    seen = digest(content_of(programme))
    programmes.approve_programme(programme=programme, digest=seen, actor=as_(f"lanhdao-{key}", now), now=now)


def carry_on(year: ClusterYear, until: datetime) -> None:
    """Everything due by then is done on its day, but what UNFINISHED names; the indicators get their figures of the quarters."""
    keys = {row.name_vi: row.key for row in cast.UNITS}
    due = Task.objects.filter(year=year, is_open=True, due_on__lte=until.date()).select_related("unit", "programme")
    for task in due.order_by("due_on", "pk"):
        key = keys[task.unit.name_vi]
        now = datetime.combine(task.due_on, at(2021, 1, 1, 16).timetz())
        officer = as_(f"canbo-{key}", now)
        place = (key, task.position - 1) if task.programme.kind == ProgrammeKind.ACTION else None
        if place in UNFINISHED:
            _leave(task, *UNFINISHED[place], officer, now)
        else:
            programmes.note_progress(
                task=task, state=State.DONE, note="Đã làm xong theo kế hoạch (minh hoạ).", actor=officer, now=now
            )


def _leave(task: Task, percent: int, state: State, reason: str, officer, now: datetime) -> None:
    if task.percent or task.state != State.PLANNED:
        return
    if percent:
        programmes.note_progress(task=task, percent=percent, note="Mới xong một phần (minh hoạ).", actor=officer, now=now)
    if state != State.DOING:
        programmes.set_state(task=task, state=state, reason=reason, actor=officer, now=now)


def measure(year: ClusterYear, quarter: int) -> None:
    """Both indicators of every unit at the end of a quarter (0, 1, 2)."""
    as_of = (day("2021-03-31"), day("2021-06-30"), day("2021-09-30"))[quarter]
    for row in cast.UNITS:
        programme = Programme.objects.get(year=year, unit__name_vi=row.name_vi, kind=ProgrammeKind.ACTION)
        now = at(2021, (4, 7, 10)[quarter], 2, 9)
        for indicator, series in zip(programme.indicators.order_by("position"), FIGURES[row.key], strict=True):
            programmes.record_figure(
                indicator=indicator, as_of=as_of, value=Decimal(series[quarter]), actor=as_(f"canbo-{row.key}", now), now=now
            )
