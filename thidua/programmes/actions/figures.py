"""Figures of indicators: recorded on a day, corrected, taken out. The journal keeps what stood before."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from thidua.audit.actions import publish
from thidua.clusters.access import require_open
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.programmes import events
from thidua.programmes.access import require_may_write
from thidua.programmes.actions.documents import lock, require_member
from thidua.programmes.models import Indicator, IndicatorFigure


@transaction.atomic
def record_figure(
    *, indicator: Indicator, as_of: date, value: Decimal, note: str = "", revision: int = 0, actor: Actor, now: datetime
) -> IndicatorFigure:
    """What the indicator stood at on a day. `revision` is that of the figure which the writer saw for this day, 0 for none:
    refuses to replace one that was not seen (programmes.figure_changed_meanwhile); also days ahead
    (programmes.figure_in_future), a closed year, a unit that has left."""
    programme = lock(indicator.programme)
    require_member(programme.year, programme.unit)
    by = require_may_write(actor, programme)
    require_open(programme.year)
    if as_of > localdate(now):
        raise Refused("programmes.figure_in_future", field="as_of", day=as_of)
    found = IndicatorFigure.objects.filter(indicator=indicator, as_of=as_of).first()
    if (found.revision if found else 0) != revision:
        raise Refused("programmes.figure_changed_meanwhile", field="value", value=found.value if found else "–")
    where = (programme.year_id, programme.pk, indicator.pk, indicator.name, as_of)
    fact = events.IndicatorFigureCorrected(*where, found.value, value) if found else events.IndicatorFigureRecorded(*where, value)
    figure = found or IndicatorFigure(indicator=indicator, as_of=as_of, revision=0)
    figure.value, figure.note, figure.revision = value, note.strip(), figure.revision + 1
    figure.recorded_at, figure.recorded_by_name = now, by.name
    figure.save()
    publish(fact, by, now=now)
    return figure


@transaction.atomic
def remove_figure(*, figure: IndicatorFigure, actor: Actor, now: datetime) -> None:
    """Take the figure of a day out. Refuses a closed year and a unit that has left."""
    indicator = figure.indicator
    programme = lock(indicator.programme)
    require_member(programme.year, programme.unit)
    by = require_may_write(actor, programme)
    require_open(programme.year)
    where = (programme.year_id, programme.pk, indicator.pk, indicator.name, figure.as_of, figure.value)
    figure.delete()
    publish(events.IndicatorFigureRemoved(*where), by, now=now)
