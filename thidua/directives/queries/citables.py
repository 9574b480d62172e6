"""Study sessions as something that can be cited as evidence."""

from django.utils.translation import gettext as _

from thidua.clusters.models import ClusterYear
from thidua.directives.models import StudySession
from thidua.directives.queries.figures import session_address
from thidua.directives.queries.study import line_of, sessions_of
from thidua.kernel.ports import Citable
from thidua.people.models import Organisation

KIND = "study"
MOST = 500
"""Sessions offered at once; a unit holds some dozens a year."""


def citables(year: ClusterYear, unit_id: int) -> list[Citable]:
    """The unit's sessions of the year, newest first, MOST at most. Four queries, one for a unit that is not there."""
    unit = Organisation.objects.filter(pk=unit_id).first()
    return [_citable(year, session) for session in sessions_of(year, unit)[:MOST]] if unit else []


def citable(year: ClusterYear, unit_id: int, kind: str, pk: int) -> Citable | None:
    """One of them; None for what is not there or belongs to another unit, year or slice."""
    unit = Organisation.objects.filter(pk=unit_id).first()
    if kind != KIND or unit is None:
        return None
    session = sessions_of(year, unit).filter(pk=pk).first()
    return _citable(year, session) if session else None


def _citable(year: ClusterYear, session: StudySession) -> Citable:
    line = line_of(session)
    title = _("Học tập, quán triệt %(documents)s") % {"documents": ", ".join(document.name for document in line.documents)}
    words = _("%(form)s; mời %(invited)d, dự %(attended)d người, trong đó %(members)d đảng viên") % {
        "form": session.get_form_display(),
        "invited": line.invited,
        "attended": line.attended,
        "members": line.members,
    }
    return Citable(KIND, session.pk, title, words, session.held_on, session_address(year, session.unit, session.pk))
