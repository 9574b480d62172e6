"""A year with a directive of two clauses, and a programme written for it: for the tests of programmes as documents."""

from datetime import date
from decimal import Decimal

from thidua.directives.models import Clause, Directive, Distribution, Issuer
from thidua.programmes import actions
from thidua.programmes.queries.documents import content_of
from thidua.programmes.rules.content import IndicatorLine, digest
from thidua.programmes.rules.writing import Hands, IndicatorEntry, Lists, TaskEntry, Written

WRITTEN = Written("Chương trình hành động thực hiện Chỉ thị 05-CT/TW", "Căn cứ chỉ thị", "Kiểm tra", date(2021, 2, 1))
SHARE = IndicatorLine("Tỷ lệ đảng viên học tập", "%", Decimal("98.5"))
LISTS = Lists(("Mọi đảng viên học tập và làm theo",), (IndicatorEntry(SHARE),))


class Desk:
    """Hands to write with; everything goes through the actions."""

    def __init__(self, world, now, **year):
        self.world, self.now = world, now
        self.year = world.year(**({"stage": "running"} | year))

    def by(self, actor):
        """The arguments of an action that say who and when."""
        return {"actor": actor, "now": self.now}

    def directive(self, number="05-CT/TW", clauses=2, units=(2,)):
        """A directive of 15 May 2016, sent to units, with clauses for every unit and one for the head only."""
        issuer = Issuer.objects.get_or_create(cluster=self.year.cluster, name_vi="Bộ Chính trị")[0]
        stamp = {"registered_at": self.now, "registered_by_name": "A"}
        found = Directive.objects.create(
            cluster=self.year.cluster, issuer=issuer, kind="directive", number_text=number, issued_on=date(2016, 5, 15),
            title="Đẩy mạnh việc học tập và làm theo", text="Toàn văn", **stamp,
        )  # fmt: skip
        for place in range(1, clauses + 1):
            words = {"label": f"Mục {place}", "text": f"Việc thứ {place}", "due_on": date(2021, 12, place)}
            Clause.objects.create(directive=found, position=place, **words)
        Clause.objects.create(directive=found, position=99, label="Mục 99", text="Việc của cụm trưởng", owner_kind="head")
        for unit in units:
            Distribution.objects.create(
                year=self.year, directive=found, unit=self.world.unit(unit), sent_at=self.now, sent_by_name="A"
            )
        return found

    def programme(self, number=2, *, kind="action", directive=None, clauses=(), lists=LISTS, written=WRITTEN):
        """A unit's draft with a goal and an indicator."""
        officer = self.world.officer(number)
        made = actions.create_programme(
            year=self.year, unit=self.world.unit(number), kind=kind, written=written, directive=directive, clauses=clauses,
            **self.by(officer),
        )  # fmt: skip
        if lists:
            self.edit(made, lists=lists, number=number, written=written)
        made.refresh_from_db()
        return made

    def edit(self, programme, *, lists=LISTS, number=2, written=WRITTEN, revision=None):
        """Save the programme as the unit's officer (of the cluster's own: as the secretary)."""
        actor = self.world.officer(number) if programme.unit_id else self.world.secretary()
        programme.refresh_from_db()
        seen = programme.revision if revision is None else revision
        made = actions.edit_programme(programme=programme, written=written, lists=lists, revision=seen, **self.by(actor))
        programme.refresh_from_db()
        return made

    def present(self, programme, number=2):
        """Lay the programme before the unit's leader, as its officer."""
        actions.present_programme(programme=programme, **self.by(self.world.officer(number)))
        programme.refresh_from_db()

    def approve(self, programme, number=2, seen=None, reason="Theo tình hình mới"):
        """Approve what stands there now as the unit's leader."""
        seen, leader = seen or digest(content_of(programme)), self.world.leader(number)
        made = actions.approve_programme(programme=programme, digest=seen, reason=reason, **self.by(leader))
        programme.refresh_from_db()
        return made

    def next_year(self, *, clauses=(), opened=False):
        """The cluster's draft for the next year, with a goal, an indicator and a task."""
        made = actions.draft_next_year(year=self.year, **self.by(self.world.secretary()))
        tasks = (TaskEntry("Hội thi báo cáo viên", date(2022, 5, 19), tuple(clauses)),)
        written = Written("Chương trình công tác năm 2022", "Căn cứ", "Biện pháp", date(2022, 1, 1), date(2022, 12, 31))
        self.edit(made, lists=Lists(LISTS.goals, LISTS.indicators, tasks), written=written)
        if opened:
            actions.open_for_remarks(programme=made, **self.by(self.world.secretary()))
        made.refresh_from_db()
        return made

    def adopt(self, programme, hands=Hands(3), seen=None):  # noqa: B008 a frozen value
        """The conference adopts what stands there now."""
        seen = seen or digest(content_of(programme))
        made = actions.adopt_programme(programme=programme, hands=hands, digest=seen, **self.by(self.world.secretary()))
        programme.refresh_from_db()
        return made
