"""Scoring: the value of each row, the tree of a unit, the ranking of a cluster. Pure. Bulk arithmetic (numpy) is in `bulk`."""

from thidua.scoring.rules.evaluation import Evaluation, best_excesses, evaluate, evaluate_unit
from thidua.scoring.rules.lines import COLUMNS, ParsedScores, ScoreLine, parse_scores
from thidua.scoring.rules.methods import value_of
from thidua.scoring.rules.ranking import SHARED_RANKS, LastResort, Standing, TieBreak, rank
from thidua.scoring.rules.reasons import Reason
from thidua.scoring.rules.wording import SENTENCES, reason_sentence

__all__ = [
    "COLUMNS",
    "SENTENCES",
    "SHARED_RANKS",
    "Evaluation",
    "LastResort",
    "ParsedScores",
    "Reason",
    "ScoreLine",
    "Standing",
    "TieBreak",
    "best_excesses",
    "evaluate",
    "evaluate_unit",
    "parse_scores",
    "rank",
    "reason_sentence",
    "value_of",
]
