"""Reads of digests. Counts leave this module only through `rules.suppression`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.forecasts.access import DRAFT_DIGEST, digests_visible_to
from thidua.forecasts.models import Digest, DigestRound, DigestState
from thidua.forecasts.rules import digests as rules
from thidua.forecasts.rules.digests import Content, Source
from thidua.forecasts.rules.suppression import DIRECTIONS, Cells, Line
from thidua.kernel.actor import Actor
from thidua.kernel.ports import Work
from thidua.people.models import Delegation, Post, Tenure
from thidua.rapporteurs.models import CollaboratorReport, Round, TopicCount

MOST_WORK = 10


def digest_address(digest: Digest, name: str = "digest", *more: object) -> str:
    """The address of a page of the digest, whose year has its cluster read."""
    return reverse(f"forecasts:{name}", args=[digest.year.cluster.slug, digest.year.year, digest.pk, *more])


def round_gathered(round_id: int) -> bool:
    """Whether a digest has gathered the round, so that what was sent stays. For the port ROUND_GATHERED. One query."""
    return DigestRound.objects.filter(round=round_id).exists()


# ---- gathering ----


def sources_of(rounds: Iterable[Round]) -> tuple[int, int]:
    """How many reports of these rounds have been sent, and from how many units. One query."""
    sent = CollaboratorReport.objects.filter(round__in=rounds, sent_at__isnull=False)
    found = sent.aggregate(reports=Count("pk"), units=Count("unit", distinct=True))
    return found["reports"], found["units"]


def gathered_content(rounds: Sequence[Round]) -> Content:
    """What the sent reports of these rounds say together, as it may be published. Three queries."""
    lines = TopicCount.objects.filter(report__round__in=rounds, report__sent_at__isnull=False)
    titles: dict[str, str] = {}
    counts: dict[str, dict[int, Cells]] = defaultdict(dict)
    by_unit = lines.values_list("topic_id", "topic__title", "report__unit_id")
    for topic, title, unit, *cells in by_unit.annotate(*(Sum(side) for side in DIRECTIONS)).order_by():
        titles[str(topic)] = title
        counts[str(topic)][unit] = (cells[0], cells[1], cells[2], cells[3])
    units = sorted({unit for parts in counts.values() for unit in parts})
    table = [Line(key, tuple(parts.get(unit, (0, 0, 0, 0)) for unit in units)) for key, parts in counts.items()]
    reports, behind = sources_of(rounds)
    return rules.content_of(
        table, titles, _sources(lines), rounds=[one.title for one in rounds], reports=reports, units=behind
    )  # fmt: skip


def _sources(lines: QuerySet[TopicCount]) -> dict[str, Source]:
    """Reports, units and trends by topic. One query."""
    trends: dict[str, Counter[str]] = defaultdict(Counter)
    units: dict[str, set[int]] = defaultdict(set)
    found = lines.values_list("topic_id", "report__unit_id", "trend").annotate(number=Count("pk")).order_by()
    for topic, unit, trend, number in found:
        trends[str(topic)][trend] += number
        units[str(topic)].add(unit)
    return {key: Source(seen.total(), len(units[key]), tuple(sorted(seen.items()))) for key, seen in trends.items()}


@dataclass(frozen=True, slots=True)
class RoundChoice:
    """A round that is over and in no digest yet; how many reports were sent, and from how many units."""

    round: Round
    sent: int
    units: int


def rounds_to_gather(year: ClusterYear, today: date) -> list[RoundChoice]:
    """The year's rounds that are over and in no digest. One query."""
    free = _free_rounds(today).filter(year=year)
    found = free.annotate(sent=_SENT, units=_UNITS).order_by("starts_on", "pk")
    return [RoundChoice(one, one.sent, one.units) for one in found]


_SENT = Count("reports", filter=Q(reports__sent_at__isnull=False), distinct=True)
_UNITS = Count("reports__unit", filter=Q(reports__sent_at__isnull=False), distinct=True)


def _free_rounds(today: date) -> QuerySet[Round]:
    return Round.objects.filter(~Exists(DigestRound.objects.filter(round=OuterRef("pk"))), due_on__lt=today)


# ---- pages ----


@dataclass(frozen=True, slots=True)
class Row:
    """A digest in the list, with the number of reports and units behind it."""

    digest: Digest
    content: Content


def list_of(actor: Actor, year: ClusterYear) -> list[Row]:
    """The digests that this person may read, the newest first. One query."""
    return [Row(one, rules.from_plain(one.table)) for one in digests_visible_to(actor, year).order_by("-ends_on", "-pk")]


def previous_of(digest: Digest) -> Digest | None:
    """The issued digest of the same cluster that ended last before this one, also of an earlier year. One query."""
    issued = Digest.objects.filter(year__cluster=digest.year.cluster_id, state=DigestState.ISSUED, ends_on__lt=digest.ends_on)
    return issued.select_related("year__cluster").exclude(pk=digest.pk).order_by("-ends_on", "-pk").first()


def late_reports(digest: Digest) -> int:
    """How many reports of the digest's rounds were sent after it was gathered; they are in no digest. One query."""
    rounds = DigestRound.objects.filter(digest=digest).values("round")
    return CollaboratorReport.objects.filter(round__in=rounds, sent_at__gt=digest.gathered_at).count()


def others_who_check(actor: Actor, year: ClusterYear, today: date) -> list[str]:
    """The posts by which somebody else than this person checks a digest today, holders of a lent post among them. One query."""
    head, above = DRAFT_DIGEST.roles
    places = {year.head_id: head, year.cluster.superior_body_id: above}
    spans = Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today))
    held = Tenure.objects.filter(spans, post=OuterRef("pk")).exclude(person=actor.person_id)
    lent = Delegation.objects.filter(
        post=OuterRef("pk"), starts_on__lte=today, ends_on__gte=today, taken_back_at=None
    ).exclude(borrower=actor.person_id)  # fmt: skip
    posts = Post.objects.filter(Exists(held) | Exists(lent), organisation__in=places).select_related("organisation")
    return [str(post) for post in posts.order_by("organisation", "pk") if places[post.organisation_id] in post.roles]


# ---- work ----


def digest_work(actor: Actor, now: datetime) -> list[Work]:
    """Drafts to be checked, sent back or to be issued, and years with rounds in no digest; for those who draft. Two queries."""
    heads, above = (actor.organisations(role) for role in DRAFT_DIGEST.roles)
    if not heads | above:
        return []
    years = ClusterYear.objects.filter(Q(head__in=heads) | Q(cluster__superior_body__in=above)).exclude(stage=Stage.CLOSED)
    return [*_open_digests(years, actor), *_years_to_gather(years, localdate(now))][:MOST_WORK]


def _open_digests(years: QuerySet[ClusterYear], actor: Actor) -> list[Work]:
    drafts = Digest.objects.filter(year__in=years).exclude(state=DigestState.ISSUED).select_related("year__cluster")
    found = []
    for one in drafts.order_by("pk"):
        words = _step_of(one, own=one.drafted_by_id == actor.person_id)
        if words is not None:
            found.append(Work(format_lazy(words, title=one.title), one.year.cluster.name_vi, digest_address(one), None))
    return found


def _step_of(digest: Digest, *, own: bool) -> object | None:
    """What this person can do next with an open digest."""
    if digest.state == DigestState.CHECKED:
        return _("Ban hành: {title}")
    if digest.returned_reason:
        return _("Sửa bản bị trả lại: {title}") if own else None
    return None if own else _("Kiểm tra: {title}")


def _years_to_gather(years: QuerySet[ClusterYear], today: date) -> list[Work]:
    reports = CollaboratorReport.objects.filter(round=OuterRef("pk"), sent_at__isnull=False)
    free = _free_rounds(today).filter(Exists(reports), year__in=years).order_by()
    rows = free.values("year__year", "year__cluster__slug", "year__cluster__name_vi").annotate(number=Count("pk"))
    return [
        Work(
            format_lazy(_("Tổng hợp dư luận: {number} kỳ đã qua hạn"), number=row["number"]),
            row["year__cluster__name_vi"],
            reverse("forecasts:digest_new", args=[row["year__cluster__slug"], row["year__year"]]),
            None,
        )
        for row in rows
    ]
