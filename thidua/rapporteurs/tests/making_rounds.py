"""Topics, collaborators, rounds and reports put straight into the tables, for the tests of rounds and counts."""

from datetime import UTC, date, datetime

from thidua.kernel.actor import Role
from thidua.people.models import Post
from thidua.people.queries import actor_of
from thidua.rapporteurs.models import CollaboratorReport, CorpsKind, CorpsMember, Round, Term, Topic, TopicCount

AT = datetime(2021, 10, 5, 3, 0, tzinfo=UTC)
TERM = (date(2021, 1, 1), date(2022, 12, 31))


def make_topic(year, title="Phòng, chống dịch", **values):
    """A topic of the year, agreed unless said otherwise."""
    position = Topic.objects.filter(year=year).count() + 1
    return Topic.objects.create(**{"year": year, "title": title, "position": position} | values)


def make_collaborator(unit, name="Trần Thị B", *, terms=(TERM,), **values):
    """A collaborator of the unit in term (first and last days), without an account unless `post` is given."""
    member = CorpsMember.objects.create(
        **{"unit": unit, "kind": CorpsKind.COLLABORATOR, "name": name, "post_title": "Công chức", "entered_at": AT} | values
    )
    for first, last in terms:
        Term.objects.create(
            member=member, decision="12-QĐ/BTG", decided_on=first, starts_on=first, ends_on=last, entered_at=AT,
        )  # fmt: skip
    return member


def with_account(world, number, now, name="Trần Thị B"):
    """(member, person, actor) of a collaborator of the n-th unit who signs in."""
    person = world.person(Role.COLLABORATOR, world.unit(number))
    post = Post.objects.get(organisation=world.unit(number), title_vi=str(Role.COLLABORATOR))
    return make_collaborator(world.unit(number), name, post=post), person, actor_of(person, now)


def make_round(year, title="Báo cáo cộng tác viên tháng 10 năm 2021", *, topics=(), **values):
    """A monthly round of October 2021, due on 5 November."""
    days = {"starts_on": date(2021, 10, 1), "ends_on": date(2021, 10, 31), "due_on": date(2021, 11, 5)}
    made = Round.objects.create(**{"year": year, "title": title, "rhythm": "monthly"} | days | values)
    made.topics.set(topics)
    return made


def _holder(member):
    """Who holds the post of the member; None without an account."""
    tenure = member.post.tenures.select_related("person").first() if member.post else None
    return tenure and tenure.person


def make_report(asked, member, counts=(), *, late=0, sent=True):
    """A report of the member with counts (topic, supportive, concerned, neutral, mixed), sent so many days late or a draft."""
    report = CollaboratorReport.objects.create(
        round=asked, unit=member.unit, member=member, sent_at=AT if sent else None, days_late=late, saved_at=AT,
        saved_by_name="Người ghi", nothing_heard=sent and not counts, saved_by=_holder(member), by_office=member.post is None,
    )  # fmt: skip
    for topic, *numbers in counts:
        supportive, concerned, neutral, mixed = numbers
        TopicCount.objects.create(
            report=report, topic=topic, supportive=supportive, concerned=concerned, neutral=neutral, mixed=mixed
        )  # fmt: skip
    return report
