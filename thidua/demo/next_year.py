"""The cluster's programme of 2022: the tasks that the article lists, discussed, adopted at the conference, copied into units.

The five tasks are the article's, in our words; remarks, days and the show of hands are illustrative.
"""

from datetime import datetime

from thidua.clusters.models import ClusterYear
from thidua.demo import documents
from thidua.demo.builder import as_, at, day
from thidua.directives.models import Clause, DueAction
from thidua.people.models import Organisation
from thidua.programmes import actions as programmes
from thidua.programmes.models import Programme, ProgrammeKind
from thidua.programmes.queries.documents import content_of
from thidua.programmes.rules.content import digest
from thidua.programmes.rules.writing import Hands, Lists, TaskEntry, Written

TITLE = "Chương trình công tác năm 2022 của Cụm thi đua Tuyên giáo số 2"
GOALS = (
    "Nâng cao chất lượng dự báo và định hướng dư luận xã hội",
    "Nâng cao hiệu quả hoạt động của đội ngũ cộng tác viên, báo cáo viên các cấp",
)
TASKS = (
    ("Triển khai các văn bản mới và xây dựng chương trình hành động của đảng bộ đơn vị", "2022-03-31", ()),
    ("Thực hiện nghị quyết đại hội Đảng các cấp nhiệm kỳ 2020-2025", "2022-10-31", ("levels",)),
    ("Thực hiện Nghị quyết số 04-NQ/TW gắn với Chỉ thị số 05-CT/TW", "2022-09-30", ("04", "05")),
    ("Kiện toàn, nâng cao hoạt động của ban tuyên giáo đảng ủy", "2022-06-30", ()),
    ("Nâng cao chất lượng dự báo, định hướng dư luận", "2022-10-31", ()),
    ("Nâng cao hiệu quả của cộng tác viên, báo cáo viên các cấp", "2022-10-31", ()),
)


def draft(year: ClusterYear, units: dict[str, Organisation], entered: dict) -> None:
    """The head drafts in November, two units remark, the head answers."""
    now = at(2021, 11, 12, 9)
    by = {"actor": as_("thuky", now), "now": now}
    programme = programmes.draft_next_year(year=year, **by)
    clauses = {key: tuple(Clause.objects.filter(directive=entered[key]).values_list("pk", flat=True)) for key in entered}
    entries = tuple(TaskEntry(title, day(due), tuple(pk for key in keys for pk in clauses[key])) for title, due, keys in TASKS)
    written = Written(title=TITLE, starts_on=day("2022-01-01"), ends_on=day("2022-12-31"))
    programmes.edit_programme(
        programme=programme, written=written, lists=Lists(goals=GOALS, tasks=entries), revision=programme.revision, **by
    )
    programmes.open_for_remarks(programme=programme, **by)
    for key, text in (
        ("daihoc", "Đề nghị thêm hạn từng quý cho việc dự báo dư luận (góp ý minh hoạ)."),
        ("coquan", "Đề nghị cụm tổ chức trao đổi cách làm về giao ban báo cáo viên (góp ý minh hoạ)."),
    ):
        moment = at(2021, 11, 15, 10)
        remark = programmes.make_remark(
            programme=programme, unit=units[key], text=text, actor=as_(f"canbo-{key}", moment), now=moment
        )
        later = at(2021, 11, 17, 9)
        answer = "Cụm tiếp thu; các đơn vị đưa vào kế hoạch riêng của mình (trả lời minh hoạ)."
        programmes.answer_remark(remark=remark, text=answer, actor=as_("thuky", later), now=later)


def adopt(year: ClusterYear) -> None:
    """The conference of 26 November agrees to it."""
    now = at(2021, 11, 26, 10, 35)
    programme = Programme.objects.get(year=year, kind=ProgrammeKind.NEXT_YEAR)
    programmes.adopt_programme(
        programme=programme, hands=Hands(7), digest=digest(content_of(programme)), actor=as_("thuky", now), now=now
    )


def open_work(year: ClusterYear, opened: ClusterYear, entered: dict, now: datetime) -> None:
    """The programme goes into the units of the year that has been opened; its head sends the documents to be carried out."""
    programme = Programme.objects.get(year=year, kind=ProgrammeKind.NEXT_YEAR)
    programmes.copy_into_units(programme=programme, actor=as_("thuky", now), now=now)
    for key in ("04", "05", "levels"):
        documents.send(opened, entered[key], DueAction.PROGRAMME, "2022-03-31", "thuky-2022", now)
    for key in ("congan", "coquan", "kimloaimau"):
        documents.confirm(opened, key, now)
