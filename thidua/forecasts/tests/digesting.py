"""Rounds with sent reports put straight into the tables, for the tests of digests."""

from datetime import UTC, date, datetime

from thidua.forecasts.actions import digests as actions
from thidua.rapporteurs.models import CollaboratorReport, CorpsMember, Round, Topic, TopicCount

AT = datetime(2021, 10, 20, 3, 0, tzinfo=UTC)
LARGE = (60, 40, 30, 20)


def make_round(year, title="Quý III", due_on=date(2021, 10, 25), starts_on=date(2021, 7, 1), ends_on=date(2021, 9, 30)):
    """A round of a quarter, due before the day of the tests."""
    return Round.objects.create(
        year=year, title=title, rhythm="quarterly", starts_on=starts_on, ends_on=ends_on, due_on=due_on
    )  # fmt: skip


def make_topic(year, title, **values):
    """An agreed topic of the year."""
    return Topic.objects.create(year=year, title=title, position=Topic.objects.filter(year=year).count() + 1, **values)


def make_report(asked, unit, counts, *, sent=True, trend="steady", at=AT):
    """A collaborator of the unit reports {topic: (supportive, concerned, neutral, mixed)} for the round."""
    number = CorpsMember.objects.count() + 1
    member = CorpsMember.objects.create(
        unit=unit, kind="collaborator", name=f"CTV {number}", post_title="Cộng tác viên", entered_at=AT, entered_by_name="x"
    )  # fmt: skip
    report = CollaboratorReport.objects.create(
        round=asked, unit=unit, member=member, sent_at=at if sent else None, saved_at=AT, saved_by_name="x",
        nothing_heard=not counts,
    )  # fmt: skip
    for topic, cells in counts.items():
        TopicCount.objects.create(report=report, topic=topic, trend=trend, **dict(zip(SIDES, cells, strict=True)))
    return report


def make_reports(asked, world, counts, *, units=(1, 2, 3), **values):
    """The same report from a collaborator of each of these units."""
    return [make_report(asked, world.unit(unit), counts, **values) for unit in units]


SIDES = ("supportive", "concerned", "neutral", "mixed")


def draft(world, year, rounds, *, now, title="Dư luận quý III", words="", actor=None):
    """A draft by the head's secretary."""
    return actions.draft_digest(
        year=year, title=title, words=words, rounds=[one.pk for one in rounds], actor=actor or world.secretary(), now=now
    )


def issue(world, digest, *, now):
    """Checked by an officer of the superior body, issued by the secretary."""
    checked = actions.check_digest(digest=digest, revision=digest.revision, actor=world.superior(), now=now)
    return actions.issue_digest(digest=checked, revision=checked.revision, actor=world.secretary(), now=now)
