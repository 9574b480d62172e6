"""Addresses of people."""

from django.urls import path

from thidua.people.views import administration, delegations, directory, journal, sign_in

app_name = "people"
urlpatterns = [
    path("kich-hoat/", sign_in.activate, name="activate"),
    path("tai-khoan/phien/<int:session_id>/ket-thuc/", sign_in.end_session, name="end_session"),
    path("don-vi/", directory.organisations, name="organisations"),
    path("don-vi/<slug:slug>/", directory.organisation, name="organisation"),
    path("vai-tro/", directory.roles, name="roles"),
    path("uy-quyen/", delegations.delegations, name="delegations"),
    path("uy-quyen/<int:delegation_id>/thu-hoi/", delegations.take_back, name="take_back"),
    path("nhat-ky/", journal.journal, name="journal"),
    path("nhat-ky/kiem-tra/", journal.verify, name="verify_journal"),
    path("nhat-ky/xlsx/", journal.export, name="journal_xlsx"),
    path("quan-tri/", administration.administration, name="administration"),
    path("quan-tri/tai-khoan/moi/", administration.new_person, name="new_person"),
    path("quan-tri/tai-khoan/<int:person_id>/", administration.person, name="person"),
    path("quan-tri/tai-khoan/<int:person_id>/ma/", administration.print_code, name="print_code"),
    path("quan-tri/tai-khoan/<int:person_id>/khoa/", administration.suspend, name="suspend"),
    path("quan-tri/tai-khoan/<int:person_id>/mo-lai/", administration.reinstate, name="reinstate"),
    path("quan-tri/tai-khoan/<int:person_id>/phien/", administration.revoke_sessions, name="revoke_sessions"),
    path("quan-tri/tai-khoan/<int:person_id>/buoc-hai/", administration.remove_second_step, name="remove_second_step"),
    path("quan-tri/don-vi/", administration.managed_organisations, name="managed_organisations"),
    path("quan-tri/don-vi/moi/", administration.new_organisation, name="new_organisation"),
    path("quan-tri/don-vi/<slug:slug>/", administration.managed_organisation, name="managed_organisation"),
    path("quan-tri/don-vi/<slug:slug>/moi/", administration.new_organisation, name="new_organisation_below"),
    path("quan-tri/don-vi/<slug:slug>/doi-ten/", administration.rename, name="rename"),
    path("quan-tri/don-vi/<slug:slug>/chuc-vu/", administration.new_post, name="new_post"),
    path("quan-tri/chuc-vu/<int:post_id>/giao/", administration.give_post, name="give_post"),
    path("quan-tri/nhiem-ky/<int:tenure_id>/ket-thuc/", administration.end_tenure, name="end_tenure"),
]
