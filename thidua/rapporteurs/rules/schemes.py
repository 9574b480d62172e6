"""What an authority has decided about assessing one kind of the corps: measures, targets, grades, quotas. Pure.

Nothing here is law: there are no default targets, weights or thresholds. Whoever enters the rules takes them from the paper that
they cite.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from thidua.kernel.errors import Refused

LEVELS = ("central", "province", "district", "grassroots")
"""The levels of the corps, highest first (directives.models.Level)."""
GRADES = ("good", "fair", "average", "weak")
"""Best first; REVIEW is no grade but a question to people."""
REVIEW = "review"
MOST_WEIGHT = Decimal(1000)
MOST_TARGET = Decimal(10_000_000)
HUNDRED = Decimal(100)


class Measure(StrEnum):
    """What can be measured. Shares are in percent."""

    TALKS = "talks"
    LISTENERS = "listeners"
    TOPICS = "topics"
    USEFUL = "useful"
    SENT = "sent"
    ON_TIME = "on_time"


MEASURES_OF: dict[str, tuple[Measure, ...]] = {
    "rapporteur": (Measure.TALKS, Measure.LISTENERS, Measure.TOPICS, Measure.USEFUL),
    "collaborator": (Measure.SENT, Measure.ON_TIME),
}
IN_PERCENT = frozenset({Measure.TOPICS, Measure.USEFUL, Measure.SENT, Measure.ON_TIME})
BY_MONTHS = frozenset({Measure.TALKS, Measure.LISTENERS, Measure.TOPICS})
"""Their targets are those of a whole year and shrink with the months in term. The others are shares of what there was."""


class Rounding(StrEnum):
    """How a quota that is no whole number of people becomes one."""

    DOWN = "down"
    HALF_UP = "half_up"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure that counts: its weight, and the target of a whole year by level. A level without a target is not measured."""

    measure: Measure
    weight: Decimal
    targets: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Scheme:
    """The rules for one kind. `good`, `fair`, `average`: the least percent of each grade; below them is weak.

    `least`: with fewer talks in a whole year (collaborators: reports sent) than this, nobody is graded above `at_most`; None: no
    such rule. `quota`: by level the share of its members, in percent, that may be graded good; a level that is not named has no
    quota. The number of places is rounded as `rounding` says, and is never under `places_least`.
    """

    asked: tuple[Asked, ...]
    good: Decimal
    fair: Decimal
    average: Decimal
    least: Decimal | None = None
    at_most: str = "weak"
    quota: Mapping[str, Decimal] = field(default_factory=dict)
    rounding: Rounding = Rounding.DOWN
    places_least: int = 1


def check(scheme: Scheme, kind: str) -> Scheme:
    """The scheme, if it can be reckoned with. Refuses rapporteurs.no_measure, measure_unknown, weight_wrong, no_target,
    target_wrong, thresholds_wrong, least_wrong, cap_wrong, quota_wrong."""
    if not scheme.asked:
        raise Refused("rapporteurs.no_measure")
    names = [each.measure for each in scheme.asked]
    if len(set(names)) != len(names) or not set(names) <= set(MEASURES_OF[kind]):
        raise Refused("rapporteurs.measure_unknown")
    for each in scheme.asked:
        _check_asked(each)
    if not HUNDRED >= scheme.good > scheme.fair > scheme.average > 0:
        raise Refused("rapporteurs.thresholds_wrong", field="good")
    if scheme.least is not None and not 0 < scheme.least <= MOST_TARGET:
        raise Refused("rapporteurs.least_wrong", field="least")
    if scheme.at_most not in GRADES[1:]:
        raise Refused("rapporteurs.cap_wrong", field="at_most")
    for level, share in scheme.quota.items():
        if level not in LEVELS or not 0 < share <= HUNDRED:
            raise Refused("rapporteurs.quota_wrong", field=f"quota_{level}")
    if scheme.places_least < 0:
        raise Refused("rapporteurs.quota_wrong", field="places_least")
    return scheme


def _check_asked(asked: Asked) -> None:
    name = asked.measure
    if not 0 < asked.weight <= MOST_WEIGHT:
        raise Refused("rapporteurs.weight_wrong", field=f"{name}_weight", most=MOST_WEIGHT)
    if not asked.targets:
        raise Refused("rapporteurs.no_target", field=f"{name}_weight")
    most = HUNDRED if name in IN_PERCENT else MOST_TARGET
    for level, target in asked.targets.items():
        if level not in LEVELS or not 0 < target <= most:
            raise Refused("rapporteurs.target_wrong", field=f"{name}_{level}", most=most)


def content_of(scheme: Scheme) -> dict[str, Any]:
    """The scheme as it is kept (JSON); figures as text, so that none is rounded. Equal schemes have equal contents."""
    return {
        "measures": [
            {"measure": str(each.measure), "weight": _text(each.weight), "targets": _texts(each.targets)} for each in scheme.asked
        ],
        "good": _text(scheme.good),
        "fair": _text(scheme.fair),
        "average": _text(scheme.average),
        "least": None if scheme.least is None else _text(scheme.least),
        "at_most": scheme.at_most,
        "quota": _texts(scheme.quota),
        "rounding": str(scheme.rounding),
        "places_least": scheme.places_least,
    }


def scheme_of(content: Mapping[str, Any]) -> Scheme:
    """The scheme that `content_of` has kept."""
    return Scheme(
        asked=tuple(
            Asked(Measure(each["measure"]), Decimal(each["weight"]), _numbers(each["targets"])) for each in content["measures"]
        ),
        good=Decimal(content["good"]),
        fair=Decimal(content["fair"]),
        average=Decimal(content["average"]),
        least=None if content["least"] is None else Decimal(content["least"]),
        at_most=content["at_most"],
        quota=_numbers(content["quota"]),
        rounding=Rounding(content["rounding"]),
        places_least=content["places_least"],
    )


def _text(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _texts(values: Mapping[str, Decimal]) -> dict[str, str]:
    return {level: _text(values[level]) for level in LEVELS if level in values}


def _numbers(texts: Mapping[str, str]) -> dict[str, Decimal]:
    return {level: Decimal(texts[level]) for level in LEVELS if level in texts}
