"""Members, talks and reports put straight into the tables, and rules, for the tests of assessment and of what it feeds."""

from datetime import UTC, date, datetime
from decimal import Decimal

from thidua.rapporteurs import models
from thidua.rapporteurs.actions.assessment import set_assessment_rules
from thidua.rapporteurs.rules.schemes import LEVELS, Asked, Measure, Scheme

AT = datetime(2021, 10, 5, 3, 0, tzinfo=UTC)
BY = "Cán bộ"
TALKS_AND_LISTENERS = (("talks", 60, 4), ("listeners", 40, 200))
REPORTS = (("sent", 50, 100), ("on_time", 50, 90))


def member(unit, name="Nguyễn Văn An", kind="rapporteur", level="province", post=None, **term):
    """A member in term for the whole of 2021, unless told."""
    made = models.CorpsMember.objects.create(
        unit=unit, kind=kind, level=level, name=name, post_title="Phó ban", post=post, entered_at=AT, entered_by_name=BY
    )
    days = {"starts_on": date(2020, 6, 1), "ends_on": date(2022, 5, 31)} | term
    made.terms.create(decision="12-QĐ/BTG", decided_on=days["starts_on"], entered_at=AT, entered_by_name=BY, **days)
    return made


def topic(year, title="Chuyển đổi số", **values):
    """An agreed topic."""
    return models.Topic.objects.create(year=year, title=title, position=models.Topic.objects.count() + 1, **values)


def talk(year, speaker, *topics, listeners=50, on=date(2021, 9, 10), place="Hội trường A"):
    """A held talk; with 0 listeners a planned one."""
    made = models.Talk.objects.create(
        year=year, unit=speaker.unit, speaker=speaker, held_on=on, place=place, listeners=listeners, recorded_at=AT,
        recorded_by_name=BY,
    )  # fmt: skip
    made.topics.set(topics)
    if listeners:
        made.audience.create(group="members", attended=listeners)
    return made


def asked_round(year, title, due_on):
    """A round of the month before its due day."""
    return models.Round.objects.create(
        year=year, title=title, rhythm="monthly", starts_on=due_on.replace(day=1), ends_on=due_on, due_on=due_on
    )


def report(asked, collaborator, *, late=0, sent=True):
    """A collaborator's report, with nothing to report."""
    return models.CollaboratorReport.objects.create(
        round=asked, unit=collaborator.unit, member=collaborator, sent_at=AT if sent else None, days_late=late,
        nothing_heard=True, saved_at=AT, saved_by_name=BY,
    )  # fmt: skip


def feedback(said, useful, answers):
    """A closed form of a talk: so many of the answers found it useful."""
    form = models.FeedbackForm.objects.create(
        talk=said, code=f"code{said.pk}", opened_at=AT, opened_by_name=BY, closes_at=AT, closed_at=AT, answers=answers
    )
    for answer, number in ((5, useful), (2, answers - useful)):
        form.counts.create(question="useful", answer=answer, number=number)
    return form


def scheme(*asked, **values):
    """Rules with these measures, each (name, weight, target at every level); the usual thresholds of the tests."""
    found = tuple(
        Asked(Measure(name), Decimal(weight), {level: Decimal(target) for level in LEVELS}) for name, weight, target in asked
    )
    return Scheme(found, Decimal(85), Decimal(70), Decimal(50), **values)


def rules(world, year, now, *, kind="rapporteur", asked=TALKS_AND_LISTENERS, decision="15-QC/BTG", confirmed=True, **values):
    """Rules of the year, set through the action by the superior body."""
    there = models.AssessmentRules.objects.filter(year=year, kind=kind).first()
    return set_assessment_rules(
        year=year, kind=kind, scheme=scheme(*asked, **values), decision=decision, confirmed=confirmed,
        revision=there.revision if there else 0, actor=world.superior(), now=now,
    )  # fmt: skip
