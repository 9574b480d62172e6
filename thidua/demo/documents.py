"""The documents that the article names, in the cluster's register; how they went to the units in 2021, and how they were studied.

Numbers, days, titles and terms are those of shared sources on each document; where the article or its sources state no number or
day, none stands here. The clauses say in our words what the article says was asked. Counts of people are illustrative.
"""

from datetime import datetime

from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.demo import cast
from thidua.demo.builder import as_, at, day
from thidua.directives import actions as directives
from thidua.directives.actions import Duty, NewIssuer, Particulars, distribution
from thidua.directives.actions import study as studies
from thidua.directives.models import Audience, Directive, Distribution, DueAction, Level, NumberForm, RelationKind, StudyForm
from thidua.directives.rules.study import Count
from thidua.people.models import Organisation

CONGRESS = NewIssuer("Đại hội đại biểu toàn quốc của Đảng", Level.CENTRAL, NumberForm.FREE)
CONGRESSES = NewIssuer("Đại hội đảng các cấp", Level.GRASSROOTS, NumberForm.FREE)
CENTRAL_COMMITTEE = NewIssuer("Ban Chấp hành Trung ương Đảng", Level.CENTRAL, NumberForm.PARTY, "TW")
POLITBURO = NewIssuer("Bộ Chính trị", Level.CENTRAL, NumberForm.PARTY, "TW")
PROVINCE = NewIssuer("Ban Thường vụ Tỉnh ủy Thái Nguyên", Level.PROVINCE, NumberForm.PARTY, "TU")
NOT_STATED = "Bài báo không nêu số và ngày của văn bản này."

XIII = Particulars(
    issuer=CONGRESS,
    kind="resolution",
    title="Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
    term="Khóa XIII",
    note="Đại hội họp từ ngày 25-01 đến ngày 01-02-2021. Nghị quyết không có số.",
)
LEVELS = Particulars(
    issuer=CONGRESSES,
    kind="resolution",
    title="Nghị quyết đại hội Đảng các cấp nhiệm kỳ 2020-2025",
    term="Nhiệm kỳ 2020-2025",
    is_class=True,
    note="Nhóm văn bản: mỗi cấp ủy có nghị quyết đại hội của mình.",
)
RESOLUTION_04 = Particulars(
    issuer=CENTRAL_COMMITTEE,
    kind="resolution",
    number="04-NQ/TW",
    issued_on=day("2016-10-30"),
    title=(
        "Về tăng cường xây dựng, chỉnh đốn Đảng; ngăn chặn, đẩy lùi sự suy thoái về tư tưởng chính trị, đạo đức, lối sống, "
        "những biểu hiện “tự diễn biến”, “tự chuyển hóa” trong nội bộ"
    ),
    term="Khóa XII",
    note="Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XII.",
)
DIRECTIVE_05 = Particulars(
    issuer=POLITBURO,
    kind="directive",
    number="05-CT/TW",
    issued_on=day("2016-05-15"),
    title="Về đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
    term="Khóa XII",
)
GUIDANCE = Particulars(
    issuer=PROVINCE,
    kind="other",
    title="Chỉ đạo của Ban Thường vụ Tỉnh ủy về xây dựng chương trình hành động cụ thể",
    note=NOT_STATED,
)
SIZES = {
    "congan": 400,
    "quansu": 300,
    "benhvien": 250,
    "coquan": 350,
    "daihoc": 450,
    "gangthep": 300,
    "kimloaimau": 200,
}
"""Members of the Party in each unit: round numbers, made up."""
ATTENDED = {
    "congan": (300, 92),
    "quansu": (297,),
    "benhvien": (180, 55),
    "coquan": (345,),
    "daihoc": (330, 100),
    "gangthep": (262,),
    "kimloaimau": (196,),
}
"""Members who came to each session of a unit: made up."""


def register(year: ClusterYear, now: datetime) -> dict[str, Directive]:
    """The article's five documents with their relations and clauses, entered by the secretary."""
    by = {"actor": as_("thuky", now), "now": now}
    entered: dict[str, Directive] = {}
    for key, words in (("04", RESOLUTION_04), ("05", DIRECTIVE_05), ("levels", LEVELS), ("guidance", GUIDANCE), ("xiii", XIII)):
        entered[key] = directives.register_directive(year=year, particulars=words, **by)
    own = Particulars(
        issuer=entered["levels"].issuer,
        kind="resolution",
        title="Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Thái Nguyên lần thứ XX, nhiệm kỳ 2020-2025",
        term="Nhiệm kỳ 2020-2025",
        member_of=entered["levels"],
        note="Đại hội bế mạc ngày 13-10-2020.",
    )
    entered["province"] = directives.register_directive(year=year, particulars=own, **by)
    directives.relate(year=year, source=entered["04"], target=entered["05"], kind=RelationKind.PAIRED, **by)
    directives.relate(year=year, source=entered["xiii"], target=entered["guidance"], kind=RelationKind.PAIRED, **by)
    _clauses(year, entered, by)
    return entered


def _clauses(year: ClusterYear, entered: dict[str, Directive], by: dict) -> None:
    asked = (
        ("xiii", "Việc 1", "Học tập, quán triệt và triển khai nghị quyết đúng quy định.", day("2021-06-30")),
        ("xiii", "Việc 2", "Gắn việc học tập với xây dựng chương trình hành động cụ thể của đảng bộ đơn vị.", day("2021-05-31")),
        ("04", "Việc 1", "Thực hiện Nghị quyết số 04-NQ/TW gắn với Chỉ thị số 05-CT/TW.", day("2022-09-30")),
        ("05", "Việc 1", "Đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.", day("2022-09-30")),
        ("levels", "Việc 1", "Tiếp tục thực hiện nghị quyết đại hội Đảng các cấp nhiệm kỳ 2020-2025.", day("2022-10-31")),
    )
    for key, label, text, due_on in asked:
        directives.add_clause(year=year, directive=entered[key], text=text, duty=Duty(label=label, due_on=due_on), **by)


def distribute(year: ClusterYear, entered: dict[str, Directive], now: datetime) -> None:
    """The congress's resolution goes to all units to be studied and answered by a programme; each confirms within the week."""
    send(year, entered["xiii"], DueAction.PROGRAMME, "2021-05-31", "thuky", now)
    send(year, entered["guidance"], DueAction.NOTE, None, "thuky", now)
    for number, row in enumerate(cast.UNITS):
        moment = at(2021, 2, 22 + number % 4, 10)
        confirm(year, row.key, moment)


def send(year: ClusterYear, directive: Directive, action: str, due: str | None, secretary: str, now: datetime) -> None:
    """A document to every unit of the year."""
    distribution.send_directive(
        year=year,
        directive=directive,
        unit_ids=[unit.pk for unit in members(year)],
        due_action=action,
        due_on=day(due) if due else None,
        note="",
        actor=as_(secretary, now),
        now=now,
    )


def confirm(year: ClusterYear, key: str, now: datetime) -> None:
    """A unit's officer confirms everything that waits."""
    officer = as_(f"canbo-{key}", now)
    waiting = Distribution.objects.filter(year=year, unit__in=officer.organisations(), received_at=None)
    for sent in waiting.order_by("pk"):
        distribution.confirm_receipt(distribution=sent, actor=officer, now=now)


def study(year: ClusterYear, units: dict[str, Organisation], entered: dict[str, Directive]) -> None:
    """Sessions of every unit between March and June."""
    for number, row in enumerate(cast.UNITS):
        now = at(2021, 3, 1 + number, 15)
        officer, unit = as_(f"canbo-{row.key}", now), units[row.key]
        studies.set_size(year=year, unit=unit, members=SIZES[row.key], seen=None, actor=officer, now=now)
        left = SIZES[row.key]
        for session, attended in enumerate(ATTENDED[row.key]):
            held = at(2021, 3 + 2 * session, 8 + number, 14)
            values = studies.SessionValues(
                directives=(entered["xiii"].pk,),
                held_on=held.date(),
                form=(StudyForm.IN_PERSON, StudyForm.MIXED)[session],
                speaker="Lãnh đạo ban tuyên giáo đảng ủy (minh hoạ)",
                place="Hội trường đơn vị",
                note="",
                counts=(Count(Audience.MEMBERS, left, attended),),
            )
            left -= attended
            later = at(2021, 3 + 2 * session, 9 + number, 9)
            studies.record_session(year=year, unit=unit, values=values, actor=as_(f"canbo-{row.key}", later), now=later)
