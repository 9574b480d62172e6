"""What tests of tasks need in the tables: a document with clauses, programmes, tasks."""

from datetime import date

from thidua.criteria.models import CriteriaVersion
from thidua.directives.models import Clause, Directive, Issuer
from thidua.kernel.text import fold
from thidua.people.models import Post
from thidua.programmes.models import Programme, ProgrammeKind, Task


def directive(year, now, number="05-CT/TW", issued_on=date(2021, 2, 1), clauses=("Mục 1", "Mục 2")):
    """A document of the year's cluster with clauses."""
    issuer = Issuer.objects.get_or_create(cluster=year.cluster, name_vi="Bộ Chính trị", defaults={"symbol": "TW"})[0]
    made = Directive.objects.create(
        cluster=year.cluster, issuer=issuer, kind="directive", number_text=number, issued_on=issued_on,
        title="Đẩy mạnh học tập", registered_at=now, registered_by_name="thư ký",
    )  # fmt: skip
    for position, label in enumerate(clauses, 1):
        Clause.objects.create(directive=made, position=position, label=label, text=f"Nội dung {label}")
    return made


def programme(year, unit, now, title="Chương trình hành động", **values):
    """A programme of a unit; of the cluster for next year when there is no unit."""
    kind = ProgrammeKind.ACTION if unit else ProgrammeKind.NEXT_YEAR
    return Programme.objects.create(
        year=year, unit=unit, kind=kind, title=title, opened_at=now, opened_by_name="cán bộ", **values
    )


def task(programme, now, title="Mở lớp học tập", **values):
    """A task straight into the table."""
    values = {"state": "planned", "position": programme.tasks.count() + 1} | values
    return Task.objects.create(
        programme=programme, year=programme.year, unit=programme.unit, title=title, folded=fold(title),
        is_open=values["state"] not in {"done", "dropped"}, changed_at=now, **values,
    )  # fmt: skip


def post(unit, title="Trưởng phòng"):
    """A post at a unit that carries no role."""
    return Post.objects.get_or_create(organisation=unit, title_vi=title, defaults={"roles": []})[0]


def criteria(year, now):
    """Criteria in force in the year, so that something can be cited."""
    return CriteriaVersion.objects.create(
        year=year, number=1, title="Tiêu chí", imported_at=now, imported_by_name="Thư ký", published_at=now
    )
