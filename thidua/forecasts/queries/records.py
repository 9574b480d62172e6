"""Track records: the decided questions of a cluster's years with everyone's forecasts, and what they amount to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from thidua.clusters.access import years_visible_to
from thidua.clusters.models import ClusterYear
from thidua.forecasts.models import Dispute, Forecast, QuestionKind, QuestionState, Resolution
from thidua.forecasts.rules.records import Decided, Line, Scores, Stated, by_year, lines_of, scores_of
from thidua.kernel.actor import Actor
from thidua.people.models import Organisation, Post

KIND = "forecasting"
"""A unit's record of a year, as something that can be cited."""

Who = tuple[int, int | None]
"""A forecaster: a unit, or a post at it."""


@dataclass(frozen=True)
class Record:
    """A forecaster's lines, the newest question first. Without a unit: the median of all."""

    unit: Organisation | None
    post: Post | None
    lines: tuple[Line, ...]

    @cached_property
    def scores(self) -> dict[str, Scores]:
        """By kind of question, for the kinds there are."""
        return scores_of(self.lines)

    @property
    def yes_no(self) -> Scores | None:
        """Those of yes/no questions."""
        return self.scores.get(QuestionKind.YES_NO)

    @property
    def choices(self) -> Scores | None:
        """Those of questions with several choices."""
        return self.scores.get(QuestionKind.CHOICES)

    @property
    def numbers(self) -> Scores | None:
        """Those of questions for a number."""
        return self.scores.get(QuestionKind.NUMBER)

    @cached_property
    def years(self) -> list[tuple[int, dict[str, Scores]]]:
        """The scores of each year, the newest first."""
        return by_year(self.lines)


@dataclass(frozen=True)
class Records:
    """The records of a cluster: `each` (units by name, posts after their unit), and that of the median."""

    each: tuple[Record, ...]
    median: Record

    def of(self, unit_id: int, post_id: int | None) -> Record | None:
        """The record of a unit, or of a post."""
        wanted = (unit_id, post_id)
        return next((each for each in self.each if each.unit and (each.unit.pk, each.post and each.post.pk) == wanted), None)


def records_of(actor: Actor, year: ClusterYear) -> Records:
    """Everyone's record over the years of the cluster up to this one, as far as the actor sees them. Five queries at most."""
    years = years_visible_to(actor).filter(cluster=year.cluster_id, year__lte=year.year)
    return _records(years.values("pk"))


def records_of_year(year: ClusterYear) -> Records:
    """Everyone's record in this year alone. Four queries at most."""
    return _records([year.pk])


def address_of(year: ClusterYear, unit: Organisation, post: Post | None = None) -> str:
    """The page of a record."""
    place = [year.cluster.slug, year.year, unit.slug]
    return reverse("forecasts:record_of_post", args=[*place, post.pk]) if post else reverse("forecasts:record", args=place)


def _records(years: QuerySet | Sequence[int]) -> Records:
    questions = decided(years)
    stated = _stated(questions)
    each: dict[Who, list[Line]] = {}
    medians = []
    for question in questions:
        lines, median = lines_of(question, stated.get(question.pk, {}))
        for who, line in lines.items():
            each.setdefault(who, []).append(line)  # type: ignore[arg-type]
        medians += [median] if median else []
    return Records(_named(each), Record(None, None, tuple(medians)))


def decided(years: QuerySet | Sequence[int]) -> list[Decided]:
    """The questions of these years that came out and are scored, the newest first: not void, and no dispute about the outcome
    that was upheld. One query."""
    newer = Resolution.objects.filter(question=OuterRef("question"), number__gt=OuterRef("number"))
    upheld = Dispute.objects.filter(resolution=OuterRef("pk"), upheld=True)
    rows = (
        Resolution.objects.filter(question__year__in=years, question__state=QuestionState.RESOLVED, void=False)
        .filter(~Exists(newer), ~Exists(upheld))
        .select_related("question__year", "choice")
        .order_by("-question__closes_at", "-question__pk")
    )
    return [_decided(row) for row in rows]


def _decided(row: Resolution) -> Decided:
    question = row.question
    closed = question.closed_at or question.closes_at
    return Decided(
        pk=question.pk,
        title=question.title,
        year=question.year.year,
        kind=question.kind,
        opened=question.opened_at or question.asked_at,
        closed=closed,
        right=row.choice.position - 1 if row.choice else 0,
        value=float(row.value) if row.value is not None else 0.0,
        coverage=float(question.coverage),
        measure=question.unit_of_measure,
        answer=row.choice.text if row.choice else "",
    )


def _stated(questions: Iterable[Decided]) -> dict[int, dict[object, list[Stated]]]:
    """The forecasts by question and forecaster, in the order in which they were made. One query."""
    rows = Forecast.objects.filter(question__in=[question.pk for question in questions]).order_by("made_at", "pk")
    found: dict[int, dict[object, list[Stated]]] = {}
    for question, unit, post, chances, low, high, made_at in rows.values_list(
        "question", "unit", "post", "probabilities", "low", "high", "made_at"
    ):
        one = Stated(made_at, tuple(float(chance) for chance in chances), float(low or 0), float(high or 0))
        found.setdefault(question, {}).setdefault((unit, post), []).append(one)
    return found


def _named(each: dict[Who, list[Line]]) -> tuple[Record, ...]:
    """The records with their units and posts, in Vietnamese order. Two queries."""
    units = Organisation.objects.in_bulk({unit for unit, _ in each})
    posts = Post.objects.in_bulk({post for _, post in each if post})
    found = [Record(units[unit], posts[post] if post else None, tuple(lines)) for (unit, post), lines in each.items()]
    return tuple(sorted(found, key=lambda one: (one.unit.order, one.post is not None, one.post.title_vi if one.post else "")))
