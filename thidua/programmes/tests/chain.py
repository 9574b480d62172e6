"""Directives, programmes and tasks written straight into the tables, for tests of what is counted over them."""

from datetime import date, timedelta

from django.urls import reverse

from thidua.directives.models import Clause, Directive, Distribution, Issuer
from thidua.programmes.models import Programme, Task

TODAY = date(2021, 11, 1)
DAY = timedelta(1)


class Chain:
    """Writes directives, programmes and tasks straight into the tables."""

    def __init__(self, world, now, **year):
        self.world, self.now, self.year = world, now, world.year(stage="running", **year)
        self.issuer = Issuer.objects.create(cluster=self.year.cluster, name_vi="Ban Bí thư", symbol="TW")

    def directive(self, number="05-CT/TW", clauses=0, **values):
        given = {"kind": "directive", "title": f"Về việc {number}", "issued_on": TODAY - 100 * DAY, "folded": number.lower()}
        made = Directive.objects.create(
            cluster=self.year.cluster, issuer=self.issuer, number_text=number, registered_at=self.now, **(given | values)
        )
        for place in range(1, clauses + 1):
            self.clause(made, f"Mục {place}")
        return made

    def clause(self, directive, label, **values):
        return Clause.objects.create(
            directive=directive, label=label, position=directive.clauses.count() + 1, text="Học tập", **values
        )

    def programme(self, number, **values):
        given = {"kind": "action", "title": f"Chương trình {number}", "opened_at": self.now}
        return Programme.objects.create(year=self.year, unit=self.world.unit(number), **(given | values))

    def task(self, number, *clauses, state="doing", **values):
        programme = values.pop("programme", None) or Programme.objects.filter(unit=self.world.unit(number)).first()
        programme = programme or self.programme(number)
        made = Task.objects.create(
            programme=programme, year=self.year, unit=programme.unit, position=1, title=values.pop("title", "Việc"), state=state,
            is_open=state not in ("done", "dropped"), state_reason="Gộp" if state == "dropped" else "", changed_at=self.now,
            **values,
        )  # fmt: skip
        made.clauses.set(clauses)
        return made

    def sent(self, directive, *numbers, **values):
        for number in numbers:
            Distribution.objects.create(
                year=self.year, directive=directive, unit=self.world.unit(number), sent_at=self.now, **values
            )

    def url(self, name, ask=""):
        return reverse(f"programmes:{name}", args=[self.year.cluster.slug, self.year.year]) + ask
