"""Reads of what one collaborator counted, for those who entered it: views ask `access.require_may_read_counts`."""

from dataclasses import dataclass
from datetime import date

from thidua.kernel.actor import Actor
from thidua.rapporteurs.access import may_read_report
from thidua.rapporteurs.models import CollaboratorReport, CorpsMember, Round, Topic
from thidua.rapporteurs.queries.rounds import SENT, topics_of
from thidua.rapporteurs.rules.counts import DIRECTIONS, Line


@dataclass(frozen=True, slots=True)
class Desk:
    """A collaborator's report and what stands beside it: the topics asked for (also retired ones that the draft holds already),
    its lines, and those of the report sent before (`before`, in the round `last`), by topic id."""

    report: CollaboratorReport | None
    ends_on: date
    """The last day of the round's span."""
    topics: list[Topic]
    lines: dict[int, Line]
    last: Round | None
    before: dict[int, Line]

    @property
    def revision(self) -> int:
        """Which state is shown; 0 before anything is saved."""
        return self.report.revision if self.report else 0


def report_of(asked: Round, member: CorpsMember) -> CollaboratorReport | None:
    """The collaborator's report of the round. One query."""
    found = CollaboratorReport.objects.select_related("unit").filter(round=asked, member=member).first()
    if found is not None:
        found.round, found.member = asked, member
    return found


def lines_of(report: CollaboratorReport | None) -> dict[int, Line]:
    """The report's lines by topic id. One query; none without a report."""
    if report is None:
        return {}
    rows = report.lines.order_by().values("topic_id", *DIRECTIONS, "trend")
    return {row["topic_id"]: Line(**row) for row in rows}


def desk_of(asked: Round, member: CorpsMember, reader: Actor | None = None) -> Desk:
    """The collaborator's desk for a round, as the reader may see it. Seven queries at most."""
    report = report_of(asked, member)
    lines, topics = lines_of(report), topics_of(asked)
    held = set(lines) - {topic.pk for topic in topics}
    if held:
        topics = [*topics, *Topic.objects.filter(pk__in=held)]
    before = _sent_before(asked, member)
    if before and reader and not may_read_report(reader, asked.year, before):
        before = None  # written by somebody else, who held the post then: it is theirs to read
    return Desk(report, asked.ends_on, topics, lines, before.round if before else None, lines_of(before))


def _sent_before(asked: Round, member: CorpsMember) -> CollaboratorReport | None:
    """The report of the same rhythm that the collaborator sent for the span before this one in the year."""
    sent = CollaboratorReport.objects.filter(SENT, member=member, round__year=asked.year_id, round__rhythm=asked.rhythm)
    found = sent.filter(round__ends_on__lt=asked.starts_on).select_related("round")
    return found.order_by("-round__ends_on", "-pk").first()
