"""Tables of the corps: who belongs to it, what they said where, what was counted, how it is assessed."""

from thidua.rapporteurs.models.assessment import Assessment, AssessmentRules, Grade, GradeName
from thidua.rapporteurs.models.corps import CorpsKind, CorpsMember, Term, TermKind
from thidua.rapporteurs.models.feedback import (
    FeedbackCount,
    FeedbackForm,
    FeedbackQuestion,
    FeedbackRemark,
    FeedbackTicket,
    RemarkState,
)
from thidua.rapporteurs.models.rounds import CollaboratorReport, Direction, Rhythm, Round, TopicCount, Trend
from thidua.rapporteurs.models.talks import Material, Talk, TalkAudience, TalkCorrection, TalkForm, Topic

__all__ = [
    "Assessment",
    "AssessmentRules",
    "CollaboratorReport",
    "CorpsKind",
    "CorpsMember",
    "Direction",
    "FeedbackCount",
    "FeedbackForm",
    "FeedbackQuestion",
    "FeedbackRemark",
    "FeedbackTicket",
    "Grade",
    "GradeName",
    "Material",
    "RemarkState",
    "Rhythm",
    "Round",
    "Talk",
    "TalkAudience",
    "TalkCorrection",
    "TalkForm",
    "Term",
    "TermKind",
    "Topic",
    "TopicCount",
    "Trend",
]
