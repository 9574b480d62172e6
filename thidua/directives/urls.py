"""Addresses of directives."""

from django.urls import path

from thidua.directives.views import certificates, clauses, distribution, register, study

app_name = "directives"
HERE = "cum/<slug:cluster>/<int:year>/van-ban/"
STUDY = f"{HERE}hoc-tap/<slug:unit>/"

DOCUMENT = f"{HERE}<int:directive>/"

urlpatterns = [
    path(HERE, register.listing, name="list"),
    path(f"{HERE}so.xlsx", register.listing_workbook, name="list_xlsx"),
    path(f"{HERE}vao-so/", register.enter, name="register"),
    path(DOCUMENT, register.detail, name="directive"),
    path(f"{DOCUMENT}sua/", register.edit, name="edit"),
    path(f"{DOCUMENT}loi-van/", register.text, name="text"),
    path(f"{DOCUMENT}loi-van/sua/", register.edit_text, name="edit_text"),
    path(f"{DOCUMENT}tep/", register.attach, name="attach"),
    path(f"{DOCUMENT}tep/<int:file>/", register.download, name="download"),
    path(f"{DOCUMENT}tep/<int:file>/bo/", register.remove_file, name="remove_file"),
    path(f"{DOCUMENT}quan-he/", clauses.relations, name="relations"),
    path(f"{DOCUMENT}quan-he/<int:relation>/bo/", clauses.remove_relation, name="remove_relation"),
    path(f"{DOCUMENT}muc/", clauses.clauses, name="clauses"),
    path(f"{HERE}muc/<int:clause>/", clauses.edit_clause, name="edit_clause"),
    path(f"{HERE}muc/<int:clause>/chuyen/", clauses.move_clause, name="move_clause"),
    path(f"{HERE}muc/<int:clause>/bo/", clauses.remove_clause, name="remove_clause"),
    path(f"{HERE}den/", distribution.inbox, name="inbox"),
    path(f"{HERE}den.xlsx", distribution.inbox_workbook, name="inbox_workbook"),
    path(f"{HERE}gui/<int:sent>/nhan/", distribution.receive, name="receive"),
    path(f"{HERE}gui/<int:sent>/doi/", distribution.change, name="change_sent"),
    path(f"{HERE}gui/<int:sent>/rut/", distribution.withdraw, name="withdraw"),
    path(f"{HERE}<int:directive>/gui/", distribution.send, name="send"),
    path(f"{HERE}<int:directive>/phat-hanh/", distribution.state, name="state"),
    path(f"{HERE}<int:directive>/phat-hanh.xlsx", distribution.state_workbook, name="state_workbook"),
    path(f"{HERE}hoc-tap/", study.summary, name="study"),
    path(f"{HERE}hoc-tap.xlsx", study.summary_workbook, name="study_workbook"),
    path(STUDY, study.unit_study, name="unit_study"),
    path(f"{STUDY}buoi.xlsx", study.unit_workbook, name="unit_workbook"),
    path(f"{STUDY}dang-vien/", study.set_size, name="set_size"),
    path(f"{STUDY}ghi/", study.record_session, name="record_session"),
    path(f"{STUDY}<int:session>/", study.session, name="session"),
    path(f"{STUDY}<int:session>/sua/", study.edit_session, name="edit_session"),
    path(f"{STUDY}<int:session>/bo/", study.remove_session, name="remove_session"),
    path(f"{STUDY}<int:session>/danh-sach.xlsx", certificates.list_workbook, name="list_workbook"),
    path(f"{STUDY}<int:session>/danh-sach/", certificates.check_list, name="check_list"),
    path(f"{STUDY}<int:session>/danh-sach/lay/", certificates.take_list, name="take_list"),
]
