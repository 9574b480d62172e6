"""Addresses of scoring."""

from django.urls import include, path

from thidua.scoring.views import (
    checking,
    citations,
    conflicts,
    evidence,
    keeping,
    minutes,
    offline,
    ranking,
    recomputing,
    sheets,
    submission,
)

app_name = "scoring"

_SHEET = [
    path("", sheets.sheet, name="sheet"),
    path("phieu.xlsx", sheets.workbook, name="sheet_workbook"),
    path("nop/", submission.submit, name="submit"),
    path("rut-lai/", submission.recall, name="recall"),
    path("chuyen-ban/", submission.carry, name="carry_sheet"),
    path("tra-lai/", submission.give_back, name="return_sheet"),
    path("ban-nop/<int:number>/", submission.snapshot, name="snapshot"),
    path("ban-nop/<int:number>.<str:kind>", submission.snapshot_file, name="snapshot_file"),
    path("ngoai-tuyen/", offline.offline, name="offline"),
    path("ngoai-tuyen/phieu.<str:kind>", offline.download, name="offline_file"),
    path("ngoai-tuyen/<int:upload_id>/", offline.upload, name="upload"),
    path("ngoai-tuyen/<int:upload_id>/hoan-tac/", offline.undo, name="undo_upload"),
    path("phan-viec/", keeping.keepers, name="keepers"),
    path("phan-viec/<int:keeper_id>/thoi/", keeping.take, name="take_rows"),
    path("khong-xep-hang/", sheets.withhold, name="withhold"),
    path("xep-hang-lai/", sheets.readmit, name="readmit"),
    path("dong/<path:code>/", sheets.save_row, name="save_row"),
    path("tep/<int:evidence_id>/", evidence.file, name="file"),
    path("tep/<int:evidence_id>/xem/", evidence.look, name="look_at_file"),
    path("tep/<int:evidence_id>/trang-1.png", evidence.first_page, name="first_page"),
    path("tep/<int:evidence_id>/bo/", evidence.remove_file, name="remove_file"),
    path("dan-chung/", citations.citations, name="citations"),
    path("dan-chung/dan-chung.xlsx", citations.workbook, name="citations_workbook"),
    path("dan-chung/<int:citation_id>/bo/", citations.withdraw, name="withdraw_citation"),
    path("minh-chung/<path:code>/", evidence.evidence, name="evidence"),
]
_CHECK = [
    path("", checking.check, name="check"),
    path("con-lai/", checking.confirm_rest, name="confirm_rest"),
    path("bien-ban/", minutes.minutes, name="minutes"),
    path("bien-ban.<str:kind>", minutes.paper, name="minutes_file"),
    path("hoan-thanh/", checking.finish, name="finish"),
    path("mo-lai/", checking.reopen, name="reopen"),
    path("dong/<path:code>/", checking.verdict, name="verdict"),
    path("tra-loi/<path:code>/", checking.answer, name="answer"),
]
_CONFLICTS = [
    path("", conflicts.conflicts, name="conflicts"),
    path("tim/", conflicts.search, name="search_conflicts"),
    path("<int:conflict_id>/", conflicts.weigh, name="conflict"),
]
_YEAR = [
    path("tu-cham/", sheets.sheets, name="sheets"),
    path("tu-cham/<slug:unit>/", include(_SHEET)),
    path("tham-dinh/", checking.checks, name="checks"),
    path("tham-dinh/phan-cong", checking.assign, name="assign"),
    path("tham-dinh/xung-dot/", include(_CONFLICTS)),
    path("tham-dinh/<slug:unit>/", include(_CHECK)),
    path("xep-hang/", ranking.ranking, name="ranking"),
    path("xep-hang/tinh-lai/", recomputing.year_run, name="recompute"),
    path("xep-hang/xep-hang.xlsx", ranking.workbook, name="ranking_workbook"),
    path("xep-hang/gia-dinh/", ranking.what_if, name="what_if"),
    path("xep-hang/kiem-chung.xlsx", ranking.verification, name="verification_workbook"),
    path("xep-hang/kiem-chung.json", ranking.verification_data, name="verification_data"),
]
urlpatterns = [
    path("xep-hang/tinh-lai/", recomputing.all_runs, name="recompute_all"),
    path("cum/<slug:cluster>/<int:year>/", include(_YEAR)),
]
