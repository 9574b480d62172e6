"""How a row of the table of addresses is written: who gets in, and what everyone else gets."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from thidua.kernel.actor import Role

ANYONE = "anonymous"
EVERYBODY = (ANYONE, *map(str, Role))
LET_IN = frozenset({200, 302, 409, 422})
"""Done, shown, or an expected no in words: what a form answers to whoever may send it (it is sent empty here)."""

SUPERIOR, SECRETARY, LEADER, OFFICER, APPRAISER, DELEGATE, RAPPORTEUR, COLLABORATOR, EDITOR, AUDITOR, OPERATOR = map(str, Role)
CONTENT = (SUPERIOR, SECRETARY, LEADER, OFFICER, APPRAISER, DELEGATE, RAPPORTEUR, COLLABORATOR, EDITOR, AUDITOR)
RUNNERS = (SUPERIOR, SECRETARY)
UNIT = (LEADER, OFFICER)
SHEET_READERS = (SUPERIOR, SECRETARY, LEADER, OFFICER, APPRAISER, AUDITOR)
DESK = (SECRETARY, EDITOR)


@dataclass(frozen=True)
class Row:
    """What each of EVERYBODY gets, by GET or (for addresses that only take a form) by POST, at a stage of the year."""

    expected: dict[str, frozenset[int]]
    stage: str = "running"
    post: bool = False
    ids: dict[str, object] = field(default_factory=dict)


def only(
    roles: Iterable[str], *, ok: int | frozenset[int] = 200, other: int = 403, anonymous: int = 302,
    also: dict[str, int] | None = None, stage: str = "running", post: bool = False, **ids: object,
) -> Row:  # fmt: skip
    """Those who get in, and what the others get (`also`: some of them something else). A form that is sent is answered LET_IN."""
    let_in, others = LET_IN if post and ok == 200 else _set(ok), {ANYONE: anonymous, **(also or {})}
    expected = {who: let_in if who in set(roles) else _set(others.get(who, other)) for who in EVERYBODY}
    return Row(expected, stage, post, ids)


def of_year(roles: Iterable[str] = CONTENT, *, also: dict[str, int] | None = None, **more) -> Row:
    """A page of the year: the operator sees no year, whoever else sees it is told that the step is not theirs."""
    return only(roles, also={OPERATOR: 404, **(also or {})}, **more)


def on_sheet(roles: Iterable[str] = SHEET_READERS, **more) -> Row:
    """A page of unit 2's score sheet: who may not read the sheet finds nothing, who may is told that the step is not theirs."""
    return of_year(roles, other=404, also=dict.fromkeys(SHEET_READERS, 403), stage="cross_checking", **more)


def on_task(roles: Iterable[str] = SHEET_READERS, **more) -> Row:
    """A page of unit 2's tasks, drafts or reports: who may not read them finds nothing, who may is told that the step is not
    theirs."""
    return of_year(roles, other=404, also=dict.fromkeys(SHEET_READERS, 403), **more)


def _set(status: int | frozenset[int]) -> frozenset[int]:
    return frozenset({status}) if isinstance(status, int) else status


def public(ok: int = 200, **more) -> Row:
    """Open to all, signed in or not."""
    return only(EVERYBODY, ok=ok, **more)


def signed_in(ok: int = 200, **more) -> Row:
    """Whoever is signed in, whatever the role."""
    return only(EVERYBODY[1:], ok=ok, **more)


def operator(**more) -> Row:
    """Setting up: the list says 403; what belongs to one person or unit is 404 to others (`other=404`)."""
    return only([OPERATOR], **more)
