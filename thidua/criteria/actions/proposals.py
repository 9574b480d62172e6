"""Writes of a dry run: a table is read, checked and kept aside, looked at, and then taken in as the draft or dropped."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from thidua.clusters.access import require_open
from thidua.clusters.models import ClusterYear, Membership
from thidua.criteria import rules
from thidua.criteria.access import require_may_import
from thidua.criteria.actions.drafts import import_table
from thidua.criteria.actions.keeping import checked_table, lock_year
from thidua.criteria.models import CriteriaVersion, TableProposal
from thidua.criteria.queries import draft_version, get_table_to_copy, published_version, table_of
from thidua.criteria.rules.cells import digest, rows_of
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused

SHORT_DIGEST = 8
"""Letters of a digest that people compare."""


class Stamp(Protocol):
    """What a file says about the table it was downloaded from; number 0 is an empty template."""

    @property
    def cluster(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def number(self) -> int: ...
    @property
    def digest(self) -> str: ...


@transaction.atomic
def propose_table(
    *,
    year: ClusterYear,
    rows: Sequence[Sequence[str]],
    title: str,
    source_name: str = "",
    found: Sequence[rules.Problem] = (),
    stamp: Stamp | None = None,
    any_version: bool = False,
    actor: Actor,
    now: datetime,
) -> TableProposal:
    """Check a table and keep it beside the draft, which it does not touch: what is confirmed later is what was shown.

    `found` are problems met while reading the file. All of them and all of the table's own are refused together
    (criteria.table_has_problems, with the fact `problems`). A file stamped by another cluster, year or version than stands here
    is refused too (criteria.stale_template) unless the person says that `any_version` will do. Also criteria.title_empty,
    criteria.too_many_rows and clusters.year_closed. An earlier proposal of the same person for this year goes.
    """
    locked = lock_year(year.pk)
    require_may_import(actor, locked)
    require_open(locked)
    if not title.strip():
        raise Refused("criteria.title_empty", field="title")
    if not any_version:
        _require_fresh(locked, stamp)
    return _keep(locked, _without_problems(rows, found), title, source_name, actor, now)


@transaction.atomic
def propose_copy(*, year: ClusterYear, version_id: int, actor: Actor, now: datetime) -> TableProposal:
    """Propose the published table of another year, of this cluster or another that the person may see (Absent otherwise).

    Units that are no members here are left out of "not assigned". Refuses clusters.year_closed.
    """
    locked = lock_year(year.pk)
    require_may_import(actor, locked)
    require_open(locked)
    source = get_table_to_copy(actor, locked, version_id)
    members = set(Membership.objects.filter(year=locked).values_list("organisation__slug", flat=True))
    kept = [replace(row, not_assigned=tuple(s for s in row.not_assigned if s in members)) for row in table_of(source).criteria]
    title = source.title.replace(str(source.year.year), str(locked.year))
    named = _("Chép từ bản {number} năm {year}, {cluster}").format(
        number=source.number, year=source.year.year, cluster=source.year.cluster
    )
    return _keep(locked, rules.CriteriaTable.of(kept), title, named, actor, now)


@transaction.atomic
def accept_proposal(*, proposal: TableProposal, actor: Actor, now: datetime) -> CriteriaVersion:
    """Take the proposed table in as the draft, whole. `undo_draft` brings back what stood there.

    Refuses a proposal that has been taken in or dropped (criteria.proposal_gone) and one that was made beside another draft than
    stands there now (criteria.draft_changed): the difference that was looked at is not the one that would happen.
    """
    locked = lock_year(proposal.year_id)
    require_may_import(actor, locked)
    require_open(locked)
    kept = _lock(proposal)
    if kept.base != _base(locked):
        raise Refused("criteria.draft_changed")
    draft = import_table(year=locked, rows=kept.rows, title=kept.title, source_name=kept.source_name, actor=actor, now=now)
    kept.delete()
    return draft


@transaction.atomic
def drop_proposal(*, proposal: TableProposal, actor: Actor) -> None:
    """Drop a proposal; the draft stays as it is. Refuses criteria.proposal_gone."""
    locked = lock_year(proposal.year_id)
    require_may_import(actor, locked)
    _lock(proposal).delete()


def _require_fresh(year: ClusterYear, stamp: Stamp | None) -> None:
    here = draft_version(year) or published_version(year)
    if stamp is None or (stamp.number == 0 and (stamp.cluster, stamp.year) == (year.cluster.slug, year.year)):
        return
    is_of_the_year = (stamp.cluster, stamp.year) == (year.cluster.slug, year.year)
    if is_of_the_year and (here is None or stamp.digest == here.digest):
        return
    raise Refused(
        "criteria.stale_template",
        field="table",
        source=_named(stamp.number, stamp.year, stamp.cluster, stamp.digest),
        here=_named(here.number if here else 0, year.year, year.cluster.slug, here.digest if here else ""),
    )


def _named(number: int, year: int, cluster: str, mark: str) -> str:
    if not number:
        return _("mẫu trống, năm {year}, cụm {cluster}").format(year=year, cluster=cluster)
    pattern = _("bản {number}, năm {year}, cụm {cluster} (mã kiểm tra {mark})")
    return pattern.format(number=number, year=year, cluster=cluster, mark=mark[:SHORT_DIGEST])


def _without_problems(rows: Sequence[Sequence[str]], found: Sequence[rules.Problem]) -> rules.CriteriaTable:
    """The table, when nothing was wrong with it nor before it."""
    problems = list(found)
    try:
        table = checked_table(rows)
    except Refused as refused:
        if refused.code != "criteria.table_has_problems" or not problems:
            raise
        problems += refused.facts["problems"]  # type: ignore[call-overload]
    if problems:
        in_order = tuple(sorted(problems, key=lambda problem: problem.row or 0))
        raise Refused("criteria.table_has_problems", count=len(problems), problems=in_order, field="table")
    return table


def _keep(
    year: ClusterYear, table: rules.CriteriaTable, title: str, source_name: str, actor: Actor, now: datetime
) -> TableProposal:
    TableProposal.objects.filter(year=year, made_by=actor.person_id).delete()
    return TableProposal.objects.create(
        year=year,
        title=title.strip()[:300],
        source_name=source_name[-255:],
        rows=rows_of(table),
        digest=digest(table.criteria),
        base=_base(year),
        made_at=now,
        made_by_id=actor.person_id,
    )


def _base(year: ClusterYear) -> str:
    """The digest of the draft that stands there; empty: none."""
    draft = draft_version(year)
    return draft.digest if draft else ""


def _lock(proposal: TableProposal) -> TableProposal:
    found = TableProposal.objects.select_for_update().filter(pk=proposal.pk).first()
    if found is None:
        raise Refused("criteria.proposal_gone")
    return found
