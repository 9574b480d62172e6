"""Reads of the cluster's programme of the next year."""

from dataclasses import dataclass

from thidua.clusters.access import member_ids
from thidua.clusters.models import ClusterYear
from thidua.clusters.queries import members
from thidua.people.models import Organisation
from thidua.programmes.models import Programme, ProgrammeKind, ProgrammeVersion, Remark


@dataclass(frozen=True, slots=True)
class Adopted:
    """The cluster's programme of `for_year` as a conference adopted it."""

    programme: Programme
    version: ProgrammeVersion

    @property
    def for_year(self) -> int:
        """The year in which it is carried out."""
        return self.programme.year.year + 1

    @property
    def votes(self) -> tuple[int, int, int]:
        """For, against, abstained."""
        return self.version.votes_for or 0, self.version.votes_against or 0, self.version.votes_abstained or 0

    @property
    def hands(self) -> int:
        """How many hands were shown."""
        return sum(self.votes)

    @property
    def words(self) -> str:
        """The vote as papers tell it: "6/7 tán thành, 1 không có ý kiến". Papers are always in Vietnamese."""
        names = ("tán thành", "không tán thành", "không có ý kiến")
        told = [f"{count} {name}" for count, name in zip(self.votes, names, strict=True) if count]
        return ", ".join([f"{self.votes[0]}/{self.hands} {names[0]}", *told[1:]])


def programme_of_next_year(year: ClusterYear) -> Programme | None:
    """What the head drafts in this year for the next. One query."""
    programmes = Programme.objects.select_related("year__cluster__superior_body", "unit")
    return programmes.filter(year=year, kind=ProgrammeKind.NEXT_YEAR).first()


def adopted_in(year: ClusterYear) -> Adopted | None:
    """What the year's conference adopted for the next year; None while it has adopted nothing. One query."""
    versions = ProgrammeVersion.objects.filter(programme__year=year, programme__kind=ProgrammeKind.NEXT_YEAR)
    newest = versions.select_related("programme__year__cluster").order_by("-number").first()
    return Adopted(newest.programme, newest) if newest else None


def cluster_programme_for(year: ClusterYear) -> Adopted | None:
    """What the cluster carries out in this year: adopted by the conference of the year before. One query at most."""
    if year.previous_id is None:
        return None
    versions = ProgrammeVersion.objects.filter(programme__year=year.previous_id, programme__kind=ProgrammeKind.NEXT_YEAR)
    newest = versions.select_related("programme__year__cluster").order_by("-number").first()
    return Adopted(newest.programme, newest) if newest else None


def remarks_of(programme: Programme) -> list[Remark]:
    """What the units remarked, with the answers, the first one first. One query."""
    return list(programme.remarks.select_related("unit"))


def following_year(year: ClusterYear) -> ClusterYear | None:
    """The year after, once it is open. One query."""
    return ClusterYear.objects.select_related("cluster").filter(previous=year).first()


def units_without_copy(programme: Programme, following: ClusterYear) -> list[Organisation]:
    """Members of the following year that have no draft of the adopted programme yet. Two queries."""
    having = frozenset(programme.copies.filter(year=following).values_list("unit_id", flat=True))
    return [unit for unit in members(following) if unit.pk not in having]


def count_of_members(year: ClusterYear) -> int:
    """How many hands can be shown: one for each member unit. One query at most."""
    return len(member_ids(year))
