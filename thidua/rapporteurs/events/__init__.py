"""What happened to the corps, its talks and reports, one module a part. Facts in the past tense; never what somebody answered."""

from thidua.rapporteurs.events.talks import (
    MaterialAdded,
    MaterialRemoved,
    TalkCorrected,
    TalkEdited,
    TalkRecorded,
    TalkRemoved,
    TopicAgreed,
    TopicEdited,
    TopicMoved,
    TopicProposed,
    TopicRemoved,
    TopicRestored,
    TopicRetired,
    TopicSet,
    TopicTurnedDown,
)

__all__ = [
    "MaterialAdded",
    "MaterialRemoved",
    "TalkCorrected",
    "TalkEdited",
    "TalkRecorded",
    "TalkRemoved",
    "TopicAgreed",
    "TopicEdited",
    "TopicMoved",
    "TopicProposed",
    "TopicRemoved",
    "TopicRestored",
    "TopicRetired",
    "TopicSet",
    "TopicTurnedDown",
]
