"""Why a number is what it is: values with a code and facts, made into sentences by `wording` and linked by *Vì sao?*."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of an explanation, or one warning. `item` is the criterion it speaks of ("" for the unit as a whole).

    Numbers among the facts are Decimals; the fact `parts`, where there is one, is a tuple of (code, value).
    """

    code: str
    item: str = ""
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)
