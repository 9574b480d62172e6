"""The corps of 2021: rapporteurs and collaborators, topics, talks with what listeners answered, counts of collaborators.

The article only asks that rapporteurs and collaborators at all levels work better; every member, day and number here is
illustrative. Members are named by their place in the corps, not as persons. The talks of each quarter are as many as the
indicator of the unit's programme says (demo.work.FIGURES).
"""

from datetime import date, datetime, timedelta

from thidua.clusters.models import ClusterYear
from thidua.demo import cast
from thidua.demo.builder import as_, at, day
from thidua.demo.work import FIGURES
from thidua.directives.models import Audience, Directive
from thidua.people.models import Organisation, Post
from thidua.rapporteurs.actions import corps, counts, feedback, rounds, talks, topics
from thidua.rapporteurs.models import CorpsKind, CorpsMember, FeedbackQuestion, Round, Talk, Topic
from thidua.rapporteurs.rules.counts import Line
from thidua.rapporteurs.rules.feedback import Closing

DECISION = "00-QĐ/MH"
"""Stands where a real decision has its number: MH for minh hoạ."""
TOPICS = (
    ("Nghị quyết Đại hội XIII của Đảng", ("xiii",)),
    ("Nghị quyết đại hội Đảng các cấp nhiệm kỳ 2020-2025", ("levels",)),
    ("Nghị quyết số 04-NQ/TW gắn với Chỉ thị số 05-CT/TW", ("04", "05")),
    ("Chương trình hành động cụ thể của đảng bộ đơn vị", ("guidance",)),
    ("Phòng, chống dịch COVID-19", ()),
)
PROPOSED = ("Việc làm và đời sống người lao động trong đợt dịch", "Nhiều tổ sản xuất hỏi về chế độ khi phải nghỉ việc chờ.")
PLACES = ("Hội trường đơn vị", "Phòng họp chi bộ", "Phòng họp trực tuyến của đơn vị")
FORMS = ("in_person", "in_person", "online")
QUARTERS = (
    ("Báo cáo cộng tác viên quý I", "2021-01-01", "2021-03-31", "2021-04-05"),
    ("Báo cáo cộng tác viên quý II", "2021-04-01", "2021-06-30", "2021-07-05"),
    ("Báo cáo cộng tác viên quý III", "2021-07-01", "2021-09-30", "2021-10-05"),
    ("Báo cáo cộng tác viên cuối năm", "2021-10-01", "2021-10-25", "2021-10-31"),
)
LATE = {("gangthep", 1): 4, ("gangthep", 2): 2, ("coquan", 2): 1}
"""Days late by unit and round."""
ASKED = (("coquan", 0), ("daihoc", 0), ("quansu", 1), ("coquan", 1))
"""Unit and quarter of the talks whose listeners were asked."""
REMARKS = ("Nên có thêm ví dụ của chính đơn vị (minh hoạ).", "Phần trao đổi bổ ích, đề nghị dành thêm giờ (minh hoạ).")


def appoint(year: ClusterYear, units: dict[str, Organisation], now: datetime) -> None:
    """Two rapporteurs of the superior body; two rapporteurs and two collaborators of each unit, for 24 months from 2021."""
    superior = as_("captren", now)
    for number in (1, 2):
        _enter(year, units[cast.SUPERIOR.key], CorpsKind.RAPPORTEUR, "province", number, superior, now)
    for row in cast.UNITS:
        for kind in CorpsKind:
            for number in (1, 2):
                _enter(year, units[row.key], kind, "grassroots", number, as_(f"canbo-{row.key}", now), now)


def _enter(year, unit, kind, level, number, actor, now) -> None:
    posts = Post.objects.filter(organisation=unit, title_vi=f"{kind.label} số {number}").values_list("pk", flat=True)
    values = corps.MemberValues(
        kind=kind,
        level=level,
        name=f"{kind.label} số {number}",
        post_title="Cán bộ ban tuyên giáo (minh hoạ)" if kind == CorpsKind.RAPPORTEUR else "Cán bộ chi bộ (minh hoạ)",
        field="Nghị quyết, chỉ thị" if number == 1 else "Thời sự, chính sách",
        contact="Qua văn phòng đơn vị",
        post_id=posts.first(),
    )
    term = corps.TermValues(
        kind="appointment",
        decision=DECISION,
        issuer="Đảng ủy đơn vị (minh hoạ)",
        decided_on=day("2020-12-25"),
        starts_on=day("2021-01-01"),
        months=24,
    )
    corps.enter_member(year=year, unit=unit, values=values, term=term, actor=actor, now=now)


def set_topics(year: ClusterYear, units: dict[str, Organisation], documents: dict[str, Directive], now: datetime) -> None:
    """The topics of the year and the rounds of collaborators; one topic comes from a unit's proposal."""
    secretary = as_("thuky", now)
    for title, keys in TOPICS:
        values = topics.TopicValues(title, "", None, None, tuple(documents[key].pk for key in keys))
        topics.set_topic(year=year, values=values, actor=secretary, now=now)
    officer = as_("canbo-gangthep", now)
    topic = topics.propose_topic(year=year, unit=units["gangthep"], title=PROPOSED[0], note=PROPOSED[1], actor=officer, now=now)
    topics.agree_topic(topic=topic, actor=secretary, now=now)
    for number, (title, first, last, due) in enumerate(QUARTERS):
        value = rounds.RoundValue(title, day(first), day(last), day(due))
        rounds.set_round(year=year, rhythm="ad_hoc" if number == 3 else "quarterly", value=value, actor=secretary, now=now)


def begin(year: ClusterYear, documents: dict[str, Directive], now: datetime) -> None:
    """The next year's topics, as the article names its tasks, and its rounds."""
    by = {"actor": as_("thuky-2022", now), "now": now}
    for title, keys in TOPICS[1:3]:
        values = topics.TopicValues(title, "", None, None, tuple(documents[key].pk for key in keys))
        topics.set_topic(year=year, values=values, **by)
    rounds.lay_out_rounds(year=year, rhythm="quarterly", days=5, topics=(), **by)


def speak(year: ClusterYear, quarter: int) -> None:
    """The talks of a quarter (0, 1, 2) in every unit, each recorded the day after it was held."""
    spoken = list(Topic.objects.filter(year=year, agreed=True))
    for place, row in enumerate(cast.UNITS):
        held_until = [0, *map(int, FIGURES[row.key][1])]
        speakers = list(_members(row.key, CorpsKind.RAPPORTEUR))
        for number in range(held_until[quarter + 1] - held_until[quarter]):
            held = date(2021, 3 * quarter + 1 + number % 3 if quarter else 3, 3 + (place * 3 + number * 2) % 24)
            chosen = spoken[(number + place + quarter) % (4 if row.key == "gangthep" else len(spoken))]
            values = talks.TalkValues(
                speaker=speakers[0 if (row.key, quarter) == ("gangthep", 2) else number % 2].pk,
                held_on=held,
                place=PLACES[number % 3],
                form=FORMS[number % 3],
                topics=(chosen.pk,),
                audience={Audience.MEMBERS: 24 + (place * 7 + number * 11) % 40, Audience.WORKERS: 10 + number * 3},
            )
            now = at(held.year, held.month, held.day, 17) + timedelta(days=1)
            talk = talks.record_talk(year=year, values=values, actor=as_(f"canbo-{row.key}", now), now=now)
            if (row.key, quarter) in ASKED and number == 0:
                _ask(talk, row.key, place)


def speak_above(year: ClusterYear, quarter: int) -> None:
    """The two rapporteurs of the superior body speak twice each in a quarter, to the units together."""
    spoken = list(Topic.objects.filter(year=year, agreed=True))
    for place, speaker in enumerate(_members(cast.SUPERIOR.key, CorpsKind.RAPPORTEUR)):
        for number in range(2):
            held = date(2021, 3 * quarter + 3, 8 + 9 * number + place)
            values = talks.TalkValues(
                speaker=speaker.pk,
                held_on=held,
                place="Hội trường Ban Tuyên giáo Tỉnh ủy",
                form="mixed",
                topics=(spoken[(quarter + number + 2 * place) % len(spoken)].pk,),
                audience={Audience.MEMBERS: 70 + 10 * place, Audience.OFFICERS: 25},
            )
            now = at(held.year, held.month, held.day, 17) + timedelta(days=1)
            talks.record_talk(year=year, values=values, actor=as_("captren", now), now=now)


def _members(key: str, kind: str):
    names = {row.key: row.name_vi for row in (cast.SUPERIOR, *cast.UNITS)}
    return CorpsMember.objects.filter(unit__name_vi=names[key], kind=kind).order_by("pk")


def _ask(talk: Talk, key: str, place: int) -> None:
    """The listeners of a talk answer on paper phones: 12 to 18 sheets; the form closes and the remarks are read."""
    now = at(2021, talk.held_on.month, talk.held_on.day, 18) + timedelta(days=1)
    officer = as_(f"canbo-{key}", now)
    form = feedback.open_form(talk=talk, closes=Closing.DAY_AFTER, actor=officer, now=now)
    for sheet in range(12 + place):
        answers = {question: 5 - (sheet + n) % 7 // 3 for n, question in enumerate(FeedbackQuestion.values)}
        remark = REMARKS[sheet] if sheet < len(REMARKS) else ""
        feedback.answer(form=form, answers=answers, remark=remark, cookie=f"minh-hoa-{sheet}", now=now + timedelta(hours=1))
    closed = now + timedelta(hours=20)
    feedback.close_form(form=form, actor=officer, now=closed)
    form.refresh_from_db()
    states = {remark.pk: "shown" for remark in form.remarks.all()}
    feedback.moderate(form=form, states=states, revision=form.revision, actor=officer, now=closed)


def count(year: ClusterYear, number: int) -> None:
    """Collaborators send the round of that number: those with an account themselves, for the others the unit's officer."""
    asked = Round.objects.get(year=year, title=QUARTERS[number][0])
    heard = list(Topic.objects.filter(year=year, agreed=True))
    for place, row in enumerate(cast.UNITS):
        sent = at(asked.due_on.year, asked.due_on.month, asked.due_on.day, 10) + timedelta(
            days=LATE.get((row.key, number), -1 - place % 3)
        )
        for which, member in enumerate(_members(row.key, CorpsKind.COLLABORATOR)):
            lines = tuple(_line(topic, place, which, number, n) for n, topic in enumerate(heard))
            actor = as_(f"congtacvien-{row.key}" if member.post_id else f"canbo-{row.key}", sent)
            kept = counts.Counts(tuple(line for line in lines if line.total), 0)
            counts.send_counts(asked=asked, member=member, counts=kept, actor=actor, now=sent)


def _line(topic: Topic, place: int, which: int, number: int, n: int) -> Line:
    """Made-up counts: the first topics are spoken of everywhere, the last in a few units by a few."""
    if n == 5 and (place + which) % 5:
        return Line(topic.pk)
    weight = (9, 4, 3, 5, 12, 1)[n]
    return Line(
        topic.pk,
        supportive=weight + (place + number) % 4,
        concerned=(weight * (1 + number) + which) // 5,
        neutral=weight // 3 + place % 2,
        mixed=1 if (place + n) % 6 == 0 else 0,
        trend=("rising" if n == 4 and number < 3 else "steady"),
    )
