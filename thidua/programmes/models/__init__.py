"""Tables of programmes and tasks."""

from thidua.programmes.models.documents import (
    Goal,
    Indicator,
    IndicatorFigure,
    Programme,
    ProgrammeKind,
    ProgrammeVersion,
    Remark,
)
from thidua.programmes.models.tasks import CLOSED, ChecklistItem, ProgressNote, Task, TaskSheet, TaskState

__all__ = [
    "CLOSED",
    "ChecklistItem",
    "Goal",
    "Indicator",
    "IndicatorFigure",
    "Programme",
    "ProgrammeKind",
    "ProgrammeVersion",
    "ProgressNote",
    "Remark",
    "Task",
    "TaskSheet",
    "TaskState",
]
