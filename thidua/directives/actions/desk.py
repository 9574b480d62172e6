"""What the writes of the register share: the lock, the gate, the stage, and the index of words."""

from django.utils.translation import override

from thidua.clusters.access import require_open
from thidua.clusters.models import Cluster, ClusterYear
from thidua.directives.access import require_may_register
from thidua.directives.models import Directive
from thidua.directives.models.words import put_words
from thidua.directives.rules.words import index_words
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Absent, Refused
from thidua.kernel.text import fold


def admitted(year: ClusterYear, actor: Actor) -> Actor:
    """The actor at the register's gate in an open year. Refuses as `require_may_register` and `require_open` do."""
    by = require_may_register(actor, year)
    require_open(year)
    return by


def opened(year: ClusterYear, directive: Directive, actor: Actor) -> tuple[Directive, Actor]:
    """The document locked for writing, and the actor let through. Absent when it is not of the year's cluster."""
    locked = Directive.objects.select_for_update().filter(pk=directive.pk, cluster=year.cluster_id).first()
    if locked is None:
        raise Absent
    return locked, admitted(year, actor)


def lock_register(year: ClusterYear) -> None:
    """One writer at a time where what is asked concerns more than one row: the same number, a circle of relations."""
    Cluster.objects.select_for_update().get(pk=year.cluster_id)


def require_seen(locked_revision: int, revision: int) -> None:
    """Refuses (directives.changed_meanwhile) when someone has saved since the writer opened the form."""
    if locked_revision != revision:
        raise Refused("directives.changed_meanwhile")


def index(directive: Directive) -> None:
    """Bring `folded` and the index of words up to the document as it is now; the caller saves `folded`."""
    with override("vi"):
        head = [directive.number_text, directive.get_kind_display(), directive.issuer.name_vi, directive.title, directive.term]
    directive.folded = fold(" ".join(head))
    put_words(directive.pk, index_words(*head, directive.text))
