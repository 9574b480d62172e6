"""Addresses of cross-check rounds."""

from django.urls import include, path

from thidua.crosschecks.views import arranging, grid, outliers, rounds, settling

app_name = "crosschecks"

_ROUNDS = [
    path("", rounds.rounds, name="rounds"),
    path("lap/", rounds.make, name="make_round"),
    path("<int:number>/", rounds.round_of, name="round"),
    path("<int:number>/vong.xlsx", rounds.workbook, name="round_workbook"),
    path("<int:number>/sua/", rounds.edit, name="edit_round"),
    path("<int:number>/chia/", arranging.draw, name="draw_checks"),
    path("<int:number>/giao/", arranging.give, name="give_task"),
    path("<int:number>/bo/", arranging.take, name="take_task"),
    path("<int:number>/mo/", arranging.start, name="open_round"),
    path("<int:number>/dong/", arranging.close, name="close_round"),
    path("<int:number>/mo-lai/", arranging.reopen, name="reopen_round"),
    path("<int:number>/huy/", arranging.discard, name="discard_round"),
]
_GRID = [
    path("<int:number>/bang/", grid.grid, name="grid"),
    path("<int:number>/bang/bang.xlsx", grid.workbook, name="grid_workbook"),
    path("<int:number>/cham/<slug:unit>/<path:code>/", grid.mark, name="mark"),
    path("<int:number>/con-lai/<slug:unit>/", grid.agree_rest, name="agree_rest"),
    path("<int:number>/xong/<slug:unit>/", grid.finish_task, name="finish_task"),
    path("<int:number>/tiep/<slug:unit>/", grid.resume_task, name="resume_task"),
    path("<int:number>/o/<slug:unit>/<path:code>/", grid.cell, name="cell"),
    path("<int:number>/thong-nhat/<slug:unit>/<path:code>/", settling.agree, name="agree"),
    path("<int:number>/chot/", settling.settle, name="settle"),
    path("<int:number>/lech/", outliers.outliers, name="outliers"),
]
_YEAR = [path("tham-dinh/vong/", include([*_ROUNDS, *_GRID]))]
urlpatterns = [path("cum/<slug:cluster>/<int:year>/", include(_YEAR))]
