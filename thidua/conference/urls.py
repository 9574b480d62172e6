"""Addresses of the conference and the hand-over."""

from django.urls import path

from thidua.conference.views import hall, hand_over, planning

app_name = "conference"
_YEAR = "cum/<slug:cluster>/<int:year>/"
_HALL = f"{_YEAR}hoi-nghi/"

urlpatterns = [
    path(_HALL, hall.conference, name="conference"),
    path(f"{_HALL}ke-hoach/", planning.plan, name="plan"),
    path(f"{_HALL}chuong-trinh/", planning.agenda, name="agenda"),
    path(f"{_HALL}dai-bieu/", planning.delegates, name="delegates"),
    path(f"{_HALL}dai-bieu/goi/", planning.call, name="call"),
    path(f"{_HALL}dai-bieu/<int:delegate>/quyen/", planning.vote, name="vote"),
    path(f"{_HALL}dai-bieu/<int:delegate>/bo/", planning.remove, name="remove"),
    path(f"{_HALL}diem-danh/", hall.attendance, name="attendance"),
    path(f"{_HALL}diem-danh/<int:delegate>/", hall.attend, name="attend"),
    path(f"{_HALL}khai-mac/", hall.start, name="start"),
    path(f"{_HALL}be-mac/", hall.end, name="end"),
    path(f"{_HALL}bo-phieu-moi/", hall.poll_new, name="poll_new"),
    path(f"{_HALL}bo-phieu/<int:poll>/mo/", hall.poll_open, name="poll_open"),
    path(f"{_HALL}bo-phieu/<int:poll>/dong/", hall.poll_close, name="poll_close"),
    path(f"{_HALL}bo-phieu/<int:poll>/bo/", hall.poll_discard, name="poll_discard"),
    path(f"{_HALL}bien-ban/", hall.minutes, name="minutes"),
    path(f"{_HALL}bien-ban.<str:kind>", hall.minutes_paper, name="minutes_paper"),
    path(f"{_YEAR}ban-giao/", hand_over.hand_over, name="handover"),
    path(f"{_YEAR}ban-giao/ky/<str:side>/", hand_over.sign, name="sign_handover"),
    path(f"{_YEAR}ban-giao.<str:kind>", hand_over.paper, name="handover_paper"),
]
