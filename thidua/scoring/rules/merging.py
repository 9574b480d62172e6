"""Two people at one row: what each wrote is kept, and only where both changed the same cell somebody must choose.

A row has two cells: its figures, which mean something only together (29 of 36), and its reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

Value = TypeVar("Value")


class Cell(StrEnum):
    """What two people may change in one row without touching each other's work."""

    FIGURES = "figures"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class RowState:
    """What stands in a row: figures by column (only those filled in) and the reason."""

    figures: Mapping[str, object]
    reason: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The row with both people's changes. At a clash the writer's own value stands in `state`: it is theirs to decide."""

    state: RowState
    clashes: tuple[Cell, ...]


def merge(base: RowState | None, kept: RowState, mine: RowState) -> Merged:
    """Three-way merge of a row: `base` is what the writer looked at (None: nobody knows any more), `kept` what stands there
    now, `mine` what the writer wants to be there. Without a base every difference may be a change by both."""
    figures, figures_clash = _cell(base.figures if base else None, kept.figures, mine.figures)
    reason, reason_clash = _cell(base.reason if base else None, kept.reason, mine.reason)
    clashes = [cell for cell, clash in ((Cell.FIGURES, figures_clash), (Cell.REASON, reason_clash)) if clash]
    return Merged(RowState(figures, reason), tuple(clashes))


def _cell(base: Value | None, kept: Value, mine: Value) -> tuple[Value, bool]:
    if mine == kept:
        return kept, False
    if base is None:
        return mine, True
    if mine == base:
        return kept, False
    return mine, kept != base
