"""The practice cluster in the midst of a year: what happens on the screen happens today."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from tests.journeys.test_year import TABLE, UNITS
from thidua.clusters import actions as clusters
from thidua.clusters.models import Cluster, ClusterYear
from thidua.criteria import actions as criteria
from thidua.demo import builder, practice
from thidua.demo.builder import as_
from thidua.demo.cast import PostRow
from thidua.demo.tien_giang import table_rows
from thidua.kernel.actor import Role
from thidua.people.models import Organisation

SPEAKER, COUNTER = "baocaovien-th2", "congtacvien-th2"
"""Who sign in by the posts of a rapporteur and of a collaborator of the second unit."""
_POSTS = (
    PostRow(SPEAKER, "Báo cáo viên số 1", "Rapporteur 1", "th2", (Role.RAPPORTEUR,)),
    PostRow(COUNTER, "Cộng tác viên số 1", "Collaborator 1", "th2", (Role.COLLABORATOR,)),
)


def days_ago(count: int) -> date:
    """A day of this test: everything on the screen happens today."""
    return timezone.localdate() - timedelta(days=count)


def typed(day: date) -> str:
    """A day as people type it."""
    return f"{day:%d-%m-%Y}"


def open_year() -> ClusterYear:
    """This year of the practice cluster, running, with criteria in force."""
    opened = open_practice_year()
    put_criteria_in_force(opened, timezone.now())
    ClusterYear.objects.update(stage="running")
    return ClusterYear.objects.get()


def open_practice_year() -> ClusterYear:
    """This year of the practice cluster, in preparation. The first unit is its head."""
    now = timezone.now()
    cluster = practice.build(lambda words: None)
    units = list(Organisation.objects.filter(name_vi__in=UNITS).order_by("pk"))
    return clusters.open_first_year(
        cluster=Cluster.objects.get(pk=cluster.pk), year=timezone.localdate().year, members=units, head=units[0],
        deputy=units[1], illustrative=True, actor=as_("captren-thuchanh", now), now=now,
    )  # fmt: skip


def put_criteria_in_force(year: ClusterYear, now: datetime) -> None:
    """The table of the demo, whose criterion IV.1 counts days late."""
    by = {"actor": as_("thuky-thuchanh", now), "now": now}
    draft = criteria.import_table(year=year, rows=table_rows(TABLE.name), title="Bảng (minh hoạ)", **by)
    criteria.publish_version(version=draft, decision="Biên bản họp cụm (minh hoạ)", **by)


def open_accounts_of_corps() -> None:
    """Accounts named by post for a rapporteur and a collaborator of the second unit."""
    unit = Organisation.objects.get(name_vi=UNITS[1])
    for row in _POSTS:
        builder.enter_account(row, unit, timezone.now())
