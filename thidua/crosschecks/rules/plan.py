"""What the head lays down for a round before it opens."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

LARGEST_SEED = 10**12
"""Seeds are typed and read aloud: no more digits than people can compare. 0: nothing was drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """Values of a round's columns of the same names; `per_unit` counts in the pairwise mode only."""

    title: str
    mode: str
    visibility: str
    names_hidden: bool
    aggregation: str
    per_unit: int = 0
    due_on: date | None = None

    @classmethod
    def of(cls, kept: Any) -> "RoundPlan":
        """The plan of a round as kept."""
        return cls(**{name: getattr(kept, name) for name in cls.__slots__})

    def values(self) -> dict[str, Any]:
        """The columns by name."""
        return asdict(self)

    def fixed(self) -> tuple[object, ...]:
        """What may not change once the round is open: everything but title and due day."""
        return self.mode, self.visibility, self.names_hidden, self.aggregation, self.per_unit
