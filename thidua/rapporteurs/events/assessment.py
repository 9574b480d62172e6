"""What happened to the rules of assessment and to the grades. Nobody's own grade stands in the journal."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AssessmentRulesSet:
    """The rules of a kind were entered or changed; `confirmed`: somebody says that the figures are those of the decision."""

    year_id: int
    kind: str
    decision: str
    confirmed: bool
    revision: int


@dataclass(frozen=True, slots=True)
class AssessmentSettled:
    """The year's grades of a kind were settled for so many members; `digest` is that of the rules and the grades."""

    year_id: int
    kind: str
    number: int
    members: int
    reason: str
    digest: str
