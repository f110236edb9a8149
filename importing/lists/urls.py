"""Addresses of the region's lists."""

from django.urls import path

from importing.lists import views

urlpatterns = [
    path("", views.Lists.as_view(), name="lists"),
    path("inlezen/", views.ReadList.as_view(), name="read_list"),
    path("import/<int:pk>/", views.Run.as_view(), name="run"),
    path("import/<int:pk>/verslag.csv", views.RunReport.as_view(), name="run_report"),
    path("import/<int:pk>/terugdraaien/", views.UndoRun.as_view(), name="undo_run"),
]
