"""Addresses of news. Those under viet/ are the desk; the rest is public."""

from django.urls import path

from thidua.news import views

app_name = "news"
urlpatterns = [
    path("tin-tuc/", views.front, name="front"),
    path("tin-tuc/viet/", views.desk, name="desk"),
    path("tin-tuc/viet/bai-moi/", views.write, name="write"),
    path("tin-tuc/viet/<slug:slug>/", views.edit, name="edit"),
    path("tin-tuc/viet/<slug:slug>/dang/", views.publish, name="publish"),
    path("tin-tuc/viet/<slug:slug>/go/", views.withdraw, name="withdraw"),
    path("tin-tuc/viet/<slug:slug>/anh/", views.photo_add, name="photo_add"),
    path("tin-tuc/viet/<slug:slug>/anh/<int:photo>/bo/", views.photo_remove, name="photo_remove"),
    path("tin-tuc/anh/<int:photo>/", views.photo, name="photo"),
    path("tin-tuc/<slug:slug>/", views.article, name="article"),
    path("tin-tuc/<slug:slug>/in/", views.print_article, name="print"),
    path("cum/<slug:cluster>/<int:year>/tin/", views.year, name="year"),
]
