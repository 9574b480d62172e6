"""The frame of every page below "Chương trình, nhiệm vụ", with the row of links to its parts (programmes/parts.html)."""

from thidua.clusters.access import may
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import frame_of
from thidua.kernel.actor import Actor
from thidua.programmes.access import REMIND


def page_of(actor: Actor, year: ClusterYear, part: str) -> dict[str, object]:
    """What programmes/parts.html and web/year.html need. `part`: the key of the link that is open. No query of its own."""
    return frame_of(actor, year, "programmes") | {"part": part, "may_remind": may(REMIND, actor, year)}
