"""Makes rapporteurs, topics and talks for tests."""

from datetime import date
from io import BytesIO

from django.urls import reverse
from PIL import Image

from thidua.kernel.actor import Role
from thidua.kernel.text import fold
from thidua.people.models import Post
from thidua.people.queries import actor_of
from thidua.rapporteurs.actions import talks as actions
from thidua.rapporteurs.models import CorpsKind, CorpsMember, Talk, Term, Topic

__all__ = ["DAY", "PNG", "member", "record", "signed_in", "talk", "topic", "url", "values"]

DAY = date(2021, 10, 20)


def _picture():
    held = BytesIO()
    Image.new("RGB", (2, 2)).save(held, "PNG")
    return held.getvalue()


PNG = _picture()


def member(unit, name="Nguyễn Văn An", *, kind=CorpsKind.RAPPORTEUR, terms=((date(2021, 1, 1), date(2022, 12, 31)),), **more):
    """A rapporteur of the unit with terms."""
    made = CorpsMember.objects.create(
        unit=unit, kind=kind, name=name, post_title="Phó trưởng phòng", folded=fold(name), entered_at="2021-01-05T00:00:00Z",
        entered_by_name="Cán bộ", **more,
    )  # fmt: skip
    for starts_on, ends_on in terms:
        Term.objects.create(
            member=made, decision="12-QĐ/BTG", decided_on=starts_on, starts_on=starts_on, ends_on=ends_on,
            entered_at="2021-01-05T00:00:00Z", entered_by_name="Cán bộ",
        )  # fmt: skip
    return made


def signed_in(world, unit, now, name="Trần Thị Bình", role=Role.RAPPORTEUR, **more):
    """A member of the corps with a post, the person who holds it and the actor of that person."""
    person = world.person(role, unit)
    post = Post.objects.get(organisation=unit, title_vi=f"{role}")
    return member(unit, name, post=post, **more), person, actor_of(person, now)


def topic(year, title="Nghị quyết Đại hội XIII", **more):
    """An agreed topic of the year, last in the order."""
    return Topic.objects.create(year=year, title=title, position=Topic.objects.filter(year=year).count() + 1, **more)


def values(
    speaker, *topics, held_on=DAY, audience=(("members", 80), ("youth", 40)), place="Hội trường", form="in_person", note=""
):
    """What a form of a talk gives."""
    ids = tuple(one.pk for one in topics)
    return actions.TalkValues(speaker.pk, held_on, place, form, ids, note, dict(audience))


def record(world, year, number, speaker, *topics, now, **more) -> Talk:
    """A talk recorded by the officer of the n-th unit, also beside another one like it."""
    return actions.record_talk(
        year=year, values=values(speaker, *topics, **more), actor=world.officer(number), now=now, again=True
    )  # fmt: skip


def talk(world, year, now, number=2, **more) -> Talk:
    """A talk of the n-th unit with a speaker and a topic of its own."""
    speaker = CorpsMember.objects.filter(unit=world.unit(number)).first() or member(world.unit(number))
    spoken = Topic.objects.filter(year=year).first() or topic(year)
    return record(world, year, number, speaker, spoken, now=now, **more)


def url(name, year, *rest):
    return reverse(f"rapporteurs:{name}", args=[year.cluster.slug, year.year, *rest])
