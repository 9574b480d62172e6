"""Two people who write the same programme at once: what each of them changed, put together. Pure.

A sheet is what the form of a programme says, in values that JSON keeps: the plain fields as texts (days as ISO), `goals` as a
list of texts, `indicators` and, for the cluster's own programme, `tasks` as lists of rows, each with the `pk` of what stands
there already (None: a new one).
"""

import json
from dataclasses import dataclass
from typing import Any

Sheet = dict[str, Any]
Row = dict[str, Any]
PLAIN = ("title", "grounds", "measures", "starts_on", "ends_on")
PARTS = ("indicators", "tasks")
_UNSEEN = object()


@dataclass(frozen=True, slots=True)
class Both:
    """What both changed, each otherwise: the property (`name`: of which indicator or task), what is saved by now, and what was
    typed. A row that one has changed and the other taken out: `field` is its part, `typed` is empty."""

    field: str
    name: str
    saved: object
    typed: object


@dataclass(frozen=True, slots=True)
class Together:
    """The sheet with the changes of both, and where both changed the same (there it says what was typed)."""

    sheet: Sheet
    both: tuple[Both, ...]


def read_seen(text: str) -> Sheet:
    """The sheet that a form carried along. What is no sheet was not seen: an empty one, against which nothing is lost."""
    try:
        kept = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(kept, dict):
        return {}
    sheet = {field: kept[field] for field in PLAIN if isinstance(kept.get(field), str)}
    lists = {part: kept[part] for part in ("goals", *PARTS) if isinstance(kept.get(part), list)}
    goals = {"goals": [text for text in lists.pop("goals", ()) if isinstance(text, str)]}
    return sheet | goals | {part: [row for row in rows if _is_row(row)] for part, rows in lists.items()}


def _is_row(kept: Any) -> bool:
    return isinstance(kept, dict) and isinstance(kept.get("pk"), int)


def put_together(seen: Sheet, typed: Sheet, saved: Sheet) -> Together:
    """What `typed` changed of what its writer had `seen`, upon what is `saved` by now. Only what the writer had seen as it
    stands, and took out, is gone."""
    both: list[Both] = []
    sheet: Sheet = {field: _field(both, field, "", seen.get(field, _UNSEEN), typed[field], saved[field]) for field in PLAIN}
    sheet["goals"] = _texts(seen.get("goals", []), typed["goals"], saved["goals"])
    for part in PARTS:
        if part in saved:
            sheet[part] = _rows(both, part, seen.get(part, []), typed.get(part, []), saved[part])
    return Together(sheet, tuple(both))


def _field(both: list[Both], field: str, name: str, seen: object, typed: object, saved: object) -> object:
    if typed == seen:
        return saved
    if saved not in (seen, typed):
        both.append(Both(field, name, saved, typed))
    return typed


def _texts(seen: list[str], typed: list[str], saved: list[str]) -> list[str]:
    """A text is its own identity: one that both have reworded stays in both wordings."""
    if seen in (typed, saved):
        return saved if typed == seen else typed
    kept = [text for text in typed if text in saved or text not in seen]
    return kept + [text for text in saved if text not in typed and text not in seen]


def _rows(both: list[Both], part: str, seen: list[Row], typed: list[Row], saved: list[Row]) -> list[Row]:
    was, now = {row["pk"]: row for row in seen}, {row["pk"]: row for row in saved}
    added = [_words(row) for row in saved if row["pk"] not in was]
    rows = []
    for row in typed:
        pk = row["pk"]
        if pk in now:
            rows.append(_row(both, was.get(pk, {}), row, now[pk]))
        elif was.get(pk) != row and _words(row) not in added:
            rows.append(row | {"pk": None})
    typed_keys = {row["pk"] for row in typed}
    for row in saved:
        pk = row["pk"]
        if pk not in typed_keys and was.get(pk) != row:
            rows.append(row)
            if pk in was:
                both.append(Both(part, _name(row), _name(row), ""))
    return rows


def _row(both: list[Both], seen: Row, typed: Row, saved: Row) -> Row:
    fields = {
        field: _field(both, field, _name(saved), seen.get(field, _UNSEEN), value, saved[field])
        for field, value in typed.items()
        if field != "pk"
    }
    return fields | {"pk": saved["pk"]}


def _words(row: Row) -> Row:
    return {field: value for field, value in row.items() if field != "pk"}


def _name(row: Row) -> str:
    return str(row.get("name") or row.get("title") or "")
