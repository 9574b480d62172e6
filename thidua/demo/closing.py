"""How 2021 closed: the conference of 26 November, the poll, the article, the next year's pledge, the hand-over.

That there was a conference, what it did and on which day are the article's facts; who was put forward, how delegates voted,
who heads 2022 and the decisions are illustrative.
"""

import random
from datetime import datetime
from importlib.resources import files

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from thidua.awards import actions as awards
from thidua.awards.models import Nomination
from thidua.awards.rules import Decision
from thidua.ballots import actions as ballots
from thidua.ballots.models import Poll
from thidua.ballots.rules import Base, Threshold
from thidua.clusters import actions as clusters
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import next_head
from thidua.conference import actions as conference
from thidua.conference.models import Conference, HandOver, Side
from thidua.conference.queries.hand_over import digest_of, facts_of
from thidua.conference.rules import AgendaLine, Movements, Plan
from thidua.criteria import actions as criteria
from thidua.criteria.queries import draft_version
from thidua.demo import cast
from thidua.demo.builder import as_, at, day
from thidua.news import actions as news
from thidua.news.actions import Words
from thidua.people.models import Organisation

HELD = (2021, 11, 26)
AGENDA = (
    (
        "Tổng kết công tác năm 2021",
        30,
        "Bảy đơn vị hoàn thành các mục tiêu đề ra, song song với phòng, chống dịch COVID-19.",
    ),
    ("Nhiệm vụ thời gian tới", 20, "Triển khai các văn bản mới; chương trình hành động của từng đảng bộ đơn vị."),
    ("Trao đổi, thảo luận nâng cao chất lượng công tác tuyên giáo", 40, ""),
    ("Bình xét, suy tôn danh hiệu thi đua, khen thưởng năm 2021", 30, ""),
    ("Thống nhất nội dung, chương trình công tác và ký giao ước năm 2022", 20, ""),
)
NOMINEES = (("quansu", "flag"), ("kimloaimau", "certificate"), ("congan", "certificate"))
ARTICLE = Words(
    title="Cụm thi đua Tuyên giáo số 2 tổng kết năm 2021 và ký giao ước năm 2022",
    lead="Ngày 26-11-2021, bảy đơn vị của cụm họp hội nghị tổng kết năm, bàn nhiệm vụ năm tới và ký giao ước thi đua.",
    text=(files("thidua.demo") / "data" / "bai-viet.txt").read_text(encoding="utf-8"),
    byline="Biên tập tin của cụm",
)


def plan(year: ClusterYear, now: datetime) -> Conference:
    """Date, agenda and delegates, before the year enters the stage of the conference."""
    secretary = as_("thuky", now)
    planned = conference.plan_conference(
        year=year,
        plan=Plan(
            starts_at=at(*HELD, 8),
            place="Hội trường của đơn vị cụm trưởng (minh hoạ)",
            chair="Lãnh đạo đơn vị cụm trưởng",
            secretary="Thư ký cụm",
        ),
        actor=secretary,
        now=now,
    )
    lines = [AgendaLine(None, title, minutes, "") for title, minutes, _ in AGENDA]
    conference.set_agenda(conference=planned, lines=lines, actor=secretary, now=now)
    conference.call_delegates(conference=planned, actor=secretary, now=now)
    return planned


def hold(year: ClusterYear, units: dict[str, Organisation]) -> None:
    """The session: attendance, nominations, the poll, notes; it ends at 11:30."""
    now = at(*HELD, 8)
    secretary = as_("thuky", now)
    meeting = Conference.objects.get(year=year)
    conference.start_conference(conference=meeting, actor=secretary, now=now)
    everyone = frozenset(meeting.delegates.values_list("pk", flat=True))
    conference.mark_attendance(conference=meeting, movements=Movements(everyone, frozenset()), actor=secretary, now=now)
    for key, title in NOMINEES:
        awards.nominate(year=year, unit=units[key], title=title, actor=secretary, now=at(*HELD, 9, 40))
    _vote(meeting, at(*HELD, 9, 50))
    items = zip(meeting.agenda.order_by("position"), AGENDA, strict=True)
    lines = [AgendaLine(item.pk, title, minutes, notes) for item, (title, minutes, notes) in items]
    conference.set_agenda(conference=meeting, lines=lines, actor=secretary, now=at(*HELD, 11, 20))


def _vote(meeting: Conference, now: datetime) -> None:
    secretary = as_("thuky", now)
    poll: Poll = conference.propose_poll(
        conference=meeting,
        title="Suy tôn danh hiệu năm 2021",
        nominations=list(Nomination.objects.filter(year=meeting.year).order_by("pk")),
        threshold=Threshold(2, 3, strict=False, base=Base.MEMBERS),
        actor=secretary,
        now=now,
    )
    conference.open_poll(conference=meeting, poll=poll, actor=secretary, now=now)
    for number, row in enumerate(cast.UNITS):
        choices = ["yes", "no" if number == 2 else "yes", "abstain" if number == 4 else "yes"]
        ballots.cast(poll=poll, choices=choices, actor=as_(f"lanhdao-{row.key}", now), rng=random.SystemRandom())
    ballots.close_poll(poll=poll, actor=secretary, now=at(*HELD, 10, 10))


def open_2022(year: ClusterYear) -> ClusterYear:
    """The next year with the head that the rotation proposes; its criteria published at the conference."""
    now = at(*HELD, 10, 40)
    head = next_head(year)
    assert head is not None, "the rotation of the demo names a next head"
    opened = clusters.open_next_year(year=year, head=head, actor=as_("thuky", now), now=now)
    draft = draft_version(opened)
    assert draft is not None, "the criteria of 2021 are copied as a draft"
    decision = "Biên bản hội nghị ngày 26-11-2021 (minh hoạ)"
    criteria.publish_version(version=draft, decision=decision, actor=as_("thuky-2022", now), now=now)
    return opened


def end(year: ClusterYear) -> None:
    """The session closes."""
    now = at(*HELD, 11, 30)
    conference.end_conference(conference=Conference.objects.get(year=year), actor=as_("thuky", now), now=now)


def publish_article(year: ClusterYear) -> None:
    """The article of the conference, at the minute at which the seed's was updated; its picture is drawn and says so."""
    now = at(*HELD, 14, 21)
    editor = as_("bientap", now)
    article = news.write_article(organisation=year.head, year=year, words=ARTICLE, illustrative=False, actor=editor, now=now)
    upload = SimpleUploadedFile("giao-uoc-minh-hoa.png", picture())
    news.add_photo(
        article=article,
        upload=upload,
        caption="Ký giao ước thi đua (tranh minh hoạ do phần mềm vẽ, không phải ảnh hội nghị)",
        alt="Tranh vẽ một bản giao ước đặt trên bàn, bên dưới có bảy dòng chữ ký",
        credit="thidua",
        actor=editor,
        now=now,
    )
    news.publish_article(article=article, actor=editor, now=now)


def picture() -> bytes:
    """A drawing of a pledge with seven lines for signatures, as PNG."""
    return typst.compile((files("thidua.demo") / "data" / "giao-uoc.typ").read_bytes(), format="png", ppi=144.0)


def decide(year: ClusterYear) -> None:
    """What came back from above, and both heads' signatures under the hand-over."""
    now = at(2021, 12, 14)
    for nomination in Nomination.objects.filter(year=year).order_by("pk"):
        made_up = Decision(True, "00-QĐ/MH (minh hoạ)", day("2021-12-13"), "Cơ quan cấp trên (minh hoạ)")
        awards.record_decision(nomination=nomination, decision=made_up, actor=as_("captren", now), now=now)
    for side, leader in ((Side.OUTGOING, f"lanhdao-{cast.HEAD}"), (Side.INCOMING, f"lanhdao-{cast.NEXT_HEAD}")):
        record = HandOver.objects.select_related(
            "from_year__cluster", "from_year__head", "to_year__head", "to_year__cluster"
        ).get(from_year=year)
        conference.sign_hand_over(
            hand_over=record, side=side, facts_digest=digest_of(facts_of(record)), actor=as_(leader, now), now=now
        )
