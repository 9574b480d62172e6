"""Addresses of criteria."""

from django.urls import path

from thidua.criteria.views import editor, pages, proposals, versions, workbooks

app_name = "criteria"
_PAGE = "cum/<slug:cluster>/<int:year>/tieu-chi/"
urlpatterns = [
    path(_PAGE, pages.tree, name="tree"),
    path(_PAGE + "nhap/", proposals.import_, name="import"),
    path(_PAGE + "nhap/<int:proposal_id>/", proposals.proposal, name="proposal"),
    path(_PAGE + "thu-vien/", proposals.library, name="library"),
    path(_PAGE + "thu-vien/<slug:key>.xlsx", workbooks.example, name="example"),
    path(_PAGE + "cac-ban/", versions.versions, name="versions"),
    path(_PAGE + "so-sanh/", versions.compare, name="compare"),
    path(_PAGE + "so-sanh.xlsx", versions.compare_workbook, name="compare_workbook"),
    path(_PAGE + "ban-hanh/", pages.publish, name="publish"),
    path(_PAGE + "bo-du-thao/", pages.discard, name="discard"),
    path(_PAGE + "ban-<int:number>.xlsx", workbooks.workbook, name="workbook"),
    path(_PAGE + "mau.xlsx", workbooks.template, name="template"),
    path(_PAGE + "soan/", editor.page, name="editor"),
    path(_PAGE + "soan/bat-dau/", editor.start, name="editor-start"),
    path(_PAGE + "soan/dong/", editor.row, name="editor-row"),
    path(_PAGE + "soan/xem-truoc/", editor.preview, name="editor-preview"),
    path(_PAGE + "soan/chuyen/", editor.move, name="editor-move"),
    path(_PAGE + "soan/danh-so/", editor.renumber, name="editor-renumber"),
    path(_PAGE + "soan/xoa/", editor.delete, name="editor-delete"),
    path(_PAGE + "soan/hoan-tac/", editor.undo, name="undo"),
]
