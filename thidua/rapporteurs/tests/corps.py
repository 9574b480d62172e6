"""Builds members of a corps for tests."""

from datetime import UTC, date, datetime

from django.urls import reverse

from thidua.people.models import Post
from thidua.rapporteurs.models import CorpsMember, Term

AT = datetime(2021, 11, 1, 2, 0, tzinfo=UTC)


def member(unit, name="Nguyễn Văn An", kind="rapporteur", terms=(("2021-01-01", "2022-12-31"),), **values):
    """A member with terms (first, last day), straight in the tables."""
    plain = {"level": "province", "post_title": "Trưởng phòng", "folded": "", "entered_by_name": "x"}
    made = CorpsMember.objects.create(unit=unit, kind=kind, name=name, entered_at=AT, **(plain | values))
    for number, (first, last) in enumerate(terms, 1):
        term(made, first, last, decision=f"{number:02d}-QĐ/TU")
    return made


def term(of, first, last, decision="01-QĐ/TU"):
    """A term straight in the tables."""
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    return Term.objects.create(
        member=of, decision=decision, decided_on=first, starts_on=first, ends_on=last, entered_at=AT, entered_by_name="x"
    )


def post(unit, title="Phó phòng", *roles):
    """A post of the unit."""
    return Post.objects.create(organisation=unit, title_vi=title, roles=list(roles))


def url(name, year, *args):
    """An address of the slice."""
    return reverse(f"rapporteurs:{name}", args=[year.cluster.slug, year.year, *args])
