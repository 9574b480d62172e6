"""What a report says as plain values: shown on its page, kept and hashed when it is submitted, drawn as a paper."""

from typing import Any

from thidua.reports.models import Report
from thidua.reports.queries.reports import lines_of
from thidua.reports.rules import content as rules


def content_of(report: Report) -> dict[str, Any]:
    """Everything that a report says, as plain values: what a submission keeps and its digest is of. Four queries."""
    period = report.period
    return {
        "unit": report.unit.name_vi,
        "period": {
            "title": period.title, "kind": period.kind, "starts_on": period.starts_on.isoformat(),
            "ends_on": period.ends_on.isoformat(), "due_on": period.due_on.isoformat(), "signer": period.signer,
        },
        "items": [
            {
                "item": line.item.pk, "kind": line.item.kind, "title": line.item.title,
                "unit_of_measure": line.item.unit_of_measure, "source": line.item.source,
                "figure": rules.plain(line.entry.figure) if line.entry else "",
                "text": line.entry.text if line.entry else "",
                "computed": rules.plain(line.entry.computed) if line.entry else "",
                "why_changed": line.entry.why_changed if line.entry else "",
                "basis": line.entry.basis if line.entry else [],
            }
            for line in lines_of(report)
        ],
        "practices": [{"title": practice.title, "text": practice.text} for practice in report.practices.all()],
        "files": [
            {"name": kept.file.name, "sha256": kept.file.sha256, "size": kept.file.size}
            for kept in report.files.select_related("file")
        ],
    }  # fmt: skip
