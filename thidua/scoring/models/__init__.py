"""Tables of scoring: sheets and their lines, what proves them, who appraises whom, what the appraisers found, and standings."""

from thidua.scoring.models.checking import (
    DECLARED,
    AppraiserAssignment,
    CellRemark,
    Conflict,
    ConflictKind,
    ConflictState,
    Judgement,
    Verdict,
    VerdictChange,
)
from thidua.scoring.models.minutes import ScoreMinutes
from thidua.scoring.models.sheets import (
    FIGURES,
    LONGEST_CODE,
    LONGEST_KIND,
    Citation,
    Evidence,
    Figures,
    LineSave,
    RowKeeper,
    ScoreLine,
    ScoreSheet,
    SheetSnapshot,
    SheetStatus,
    SheetUpload,
    new_stamp,
)
from thidua.scoring.models.standing import (
    Recomputation,
    StoredStanding,
)

__all__ = [
    "DECLARED",
    "FIGURES",
    "LONGEST_CODE",
    "LONGEST_KIND",
    "AppraiserAssignment",
    "CellRemark",
    "Citation",
    "Conflict",
    "ConflictKind",
    "ConflictState",
    "Evidence",
    "Figures",
    "Judgement",
    "LineSave",
    "Recomputation",
    "RowKeeper",
    "ScoreLine",
    "ScoreMinutes",
    "ScoreSheet",
    "SheetSnapshot",
    "SheetStatus",
    "SheetUpload",
    "StoredStanding",
    "Verdict",
    "VerdictChange",
    "new_stamp",
]
