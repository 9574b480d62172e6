"""Tables of directives."""

from thidua.directives.models.distribution import (
    Audience,
    Distribution,
    DueAction,
    StudyCount,
    StudyForm,
    StudySession,
    UnitSize,
)
from thidua.directives.models.register import (
    Clause,
    Directive,
    DirectiveFile,
    DirectiveKind,
    Effect,
    Issuer,
    Level,
    NumberForm,
    OwnerKind,
    Relation,
    RelationKind,
    TextSource,
)

__all__ = [
    "Audience",
    "Clause",
    "Directive",
    "DirectiveFile",
    "DirectiveKind",
    "Distribution",
    "DueAction",
    "Effect",
    "Issuer",
    "Level",
    "NumberForm",
    "OwnerKind",
    "Relation",
    "RelationKind",
    "StudyCount",
    "StudyForm",
    "StudySession",
    "TextSource",
    "UnitSize",
]
