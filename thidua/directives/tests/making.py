"""Makes documents and sessions for tests of distribution and study."""

from datetime import date

from django.urls import reverse

from thidua.directives.actions import study
from thidua.directives.actions.distribution import send_directive
from thidua.directives.models import Directive, Issuer
from thidua.directives.rules.study import Count

__all__ = ["document", "record", "send", "values"]


def document(year, number="05-CT/TW", *, issued_on=date(2016, 5, 15), title="Về đẩy mạnh học tập", now=None, **more):
    """A document of the register of the year's cluster."""
    issuer = Issuer.objects.get_or_create(cluster=year.cluster, name_vi="Bộ Chính trị")[0]
    return Directive.objects.create(
        cluster=year.cluster, issuer=issuer, kind="directive", number_text=number, issued_on=issued_on, title=title,
        registered_at=now or "2021-01-05T00:00:00Z", registered_by_name="Thư ký", **more,
    )  # fmt: skip


def send(world, year, directive, *units, now, due_on=date(2021, 11, 30), due_action="study", note=""):
    """The document sent to the units (by number) by the head's secretary."""
    return send_directive(
        year=year, directive=directive, unit_ids=[world.unit(n).pk for n in units], due_action=due_action, due_on=due_on,
        note=note, actor=world.secretary(), now=now,
    )  # fmt: skip


def values(*directives, held_on=date(2021, 10, 20), counts=(("members", 100, 90), ("youth", 30, 20)), **more):
    """What a form of a session gives."""
    plain = {"form": "in_person", "speaker": "Báo cáo viên cấp tỉnh", "place": "Hội trường", "note": ""} | more
    return study.SessionValues(
        directives=tuple(d.pk for d in directives), held_on=held_on, counts=tuple(Count(*count) for count in counts), **plain
    )


def record(world, year, number, *directives, now, **more):
    """A session recorded by the officer of the n-th unit."""
    return study.record_session(
        year=year, unit=world.unit(number), values=values(*directives, **more), actor=world.officer(number), now=now
    )


def url(name, year, *rest):
    return reverse(f"directives:{name}", args=[year.cluster.slug, year.year, *rest])
