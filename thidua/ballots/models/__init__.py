"""Tables of polls. The roll (who has voted) and the urn (what was cast) never import each other."""

from thidua.ballots.models.poll import BaseChoice, Poll, PollItem, PollStatus
from thidua.ballots.models.roll import RollEntry
from thidua.ballots.models.urn import UrnBallot

__all__ = ["BaseChoice", "Poll", "PollItem", "PollStatus", "RollEntry", "UrnBallot"]
