"""The chain from a directive to a report, one of each, for walking every address: all of it of unit 2 (scene.PLACES)."""

from thidua.directives.models import (
    Clause,
    Directive,
    DirectiveFile,
    Distribution,
    Issuer,
    Relation,
    StudyCount,
    StudySession,
)
from thidua.programmes.models import (
    ChecklistItem,
    Indicator,
    IndicatorFigure,
    Programme,
    ProgrammeVersion,
    ProgressNote,
    Remark,
    Task,
    TaskSheet,
)
from thidua.programmes.rules import content
from thidua.reports.models import (
    Consolidated,
    Entry,
    PeriodItem,
    Report,
    ReportFile,
    ReportPeriod,
    Submission,
    Template,
    TemplateItem,
)
from thidua.reports.queries.content import content_of
from thidua.scoring.models import Citation


def build(scene, world, now, kept) -> None:
    """Into the tables; `kept` is a stored file."""
    _directives(scene, world, now, kept)
    _programmes(scene, world, now, kept)
    _next_year(scene, world, now)
    _reports(scene, world, now, kept)


def _directives(scene, world, now, kept):
    cluster, unit = scene.year.cluster, world.unit(2)
    issuer = Issuer.objects.create(cluster=cluster, name_vi="Bộ Chính trị", symbol="TW")
    entered = {"registered_at": now, "registered_by_name": "x"}
    first, second = (
        Directive.objects.create(
            cluster=cluster, issuer=issuer, kind="directive", number_text=number, issued_on="2016-05-15", title="Chỉ thị",
            text="Điều 1. Học tập.", text_source="typed", **entered,
        )
        for number in ("05-CT/TW", "06-CT/TW")
    )  # fmt: skip
    clause = Clause.objects.create(directive=first, position=1, label="Điều 1", text="Học tập.")
    relation = Relation.objects.create(source=first, target=second, kind="paired")
    attached = DirectiveFile.objects.create(directive=first, file=kept, added_at=now, added_by_name="x")
    sent = Distribution.objects.create(year=scene.year, directive=first, unit=unit, sent_at=now, sent_by_name="x")
    session = StudySession.objects.create(year=scene.year, unit=unit, held_on="2021-05-01", recorded_at=now, recorded_by_name="x")
    session.directives.set([first])
    StudyCount.objects.create(session=session, audience="members", invited=3, attended=2)
    scene.ids |= {"directive": first.pk, "clause": clause.pk, "relation": relation.pk, "file": attached.pk}
    scene.ids |= {"sent": sent.pk, "session": session.pk}


def _programmes(scene, world, now, kept):
    year, unit = scene.year, world.unit(2)
    programme = Programme.objects.create(
        year=year, unit=unit, kind="action", title="Chương trình hành động", directive_id=scene.ids["directive"],
        opened_at=now, opened_by_name="x",
    )  # fmt: skip
    indicator = Indicator.objects.create(programme=programme, position=1, name="Tỷ lệ", target=90)
    figure = IndicatorFigure.objects.create(
        indicator=indicator, as_of="2021-06-30", value=80, recorded_at=now, recorded_by_name="x"
    )
    named = {"programme": programme, "year": year, "unit": unit, "changed_at": now, "folded": "viec"}
    task, needed = (Task.objects.create(position=n, title=f"Việc {n}", due_on="2021-12-01", **named) for n in (1, 2))
    task.needs.add(needed)
    task.clauses.add(scene.ids["clause"])
    step = ChecklistItem.objects.create(task=task, position=1, text="Bước")
    note = ProgressNote.objects.create(task=task, noted_at=now, noted_by_name="x", state="doing", percent=10, file=kept)
    sheet = TaskSheet.objects.create(programme=programme, name="a.xlsx", sheet="1", rows=[], read_at=now, read_by_name="x")
    _approved(programme, content.Content("Chương trình", goals=("Mục tiêu",), indicators=(content.IndicatorLine("Tỷ lệ"),)), now)
    cited = Citation.objects.create(
        year=year, unit=unit, code="A.1", kind="task", source=task.pk, title="Việc 1", words="", url="/", cited_at=now,
        cited_by_name="x",
    )  # fmt: skip
    scene.ids |= {"programme": programme.pk, "indicator": indicator.pk, "figure": figure.pk, "task": task.pk}
    scene.ids |= {"needed": needed.pk, "step": step.pk, "note": note.pk, "sheet": sheet.pk}
    scene.ids |= {"citation_id": cited.pk}


def _approved(programme, value, now):
    digest = content.digest(value)
    ProgrammeVersion.objects.create(
        programme=programme, number=1, content=content.plain(value), digest=digest, approved_at=now, approved_by_name="x"
    )
    Programme.objects.filter(pk=programme.pk).update(approved_version=1, approved_digest=digest, digest=digest)


def _next_year(scene, world, now):
    drafted = Programme.objects.create(
        year=scene.year, kind="next_year", title="Chương trình năm sau", presented_at=now, opened_at=now, opened_by_name="x"
    )
    remark = Remark.objects.create(programme=drafted, unit=world.unit(2), text="Góp ý", made_at=now, made_by_name="x")
    scene.ids |= {"remark": remark.pk, "cluster_programme": drafted.pk}


def _reports(scene, world, now, kept):
    period = ReportPeriod.objects.create(
        year=scene.year, kind="quarter", title="Báo cáo quý III", starts_on="2021-07-01", ends_on="2021-09-30",
        due_on="2021-10-10", signer="Lãnh đạo",
    )  # fmt: skip
    item = PeriodItem.objects.create(period=period, position=1, title="Hội nghị", unit_of_measure="hội nghị")
    report = Report.objects.create(
        period=period, unit=world.unit(2), status="submitted", first_submitted_at=now, days_late=0, opened_at=now,
        opened_by_name="x",
    )  # fmt: skip
    Entry.objects.create(report=report, item=item, figure=2, edited_at=now)
    attached = ReportFile.objects.create(report=report, file=kept, added_at=now, added_by_name="x")
    template = Template.objects.create(cluster=scene.year.cluster, title="Mẫu")
    TemplateItem.objects.create(template=template, position=1, title="Hội nghị")
    Consolidated.objects.create(period=period, situation="Tình hình", edited_at=now, edited_by_name="x")
    scene.ids |= {"period": period.pk, "file_id": attached.pk, "template_id": template.pk, "report": report.pk}
    report.refresh_from_db()
    whole = content_of(report)
    Submission.objects.create(
        report=report, number=1, submitted_at=now, submitted_by_name="x", post_title="x", days_late=0, content=whole,
        digest="d" * 64,
    )  # fmt: skip
