"""Digests of 2021: the secretary gathers a round, the officer of the superior body checks and issues it. Counts are made up."""

from datetime import timedelta

from thidua.clusters.models import ClusterYear
from thidua.demo.builder import as_, at
from thidua.demo.corps import QUARTERS
from thidua.forecasts.actions.digests import check_digest, draft_digest, issue_digest
from thidua.rapporteurs.models import Round

WORDS = "Dư luận tập trung vào phòng, chống dịch và việc học tập nghị quyết (lời minh hoạ)."


def issue(year: ClusterYear, number: int) -> None:
    """The digest of the round of that number, gathered a week after its due day, issued two days later."""
    gathered = Round.objects.get(year=year, title=QUARTERS[number][0])
    due = gathered.due_on
    drafted = at(due.year, due.month, due.day, 15) + timedelta(days=7)
    title = f"Tổng hợp dư luận xã hội {gathered.title.removeprefix('Báo cáo cộng tác viên ')} năm 2021"
    digest = draft_digest(year=year, title=title, words=WORDS, rounds=[gathered.pk], actor=as_("thuky", drafted), now=drafted)
    now = drafted + timedelta(days=2)
    superior = as_("captren", now)
    digest = check_digest(digest=digest, revision=digest.revision, actor=superior, now=now)
    issue_digest(digest=digest, revision=digest.revision, actor=superior, now=now)
