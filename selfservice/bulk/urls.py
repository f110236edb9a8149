"""Addresses of a provider's table."""

from django.urls import path

from selfservice.bulk import views

urlpatterns = [
    path("aanbieder/<int:pk>/tabel/", views.Table.as_view(), name="table"),
    path("aanbieder/<int:pk>/tabel.xlsx", views.Workbook.as_view(), name="table_xlsx"),
    path("aanbieder/<int:pk>/tabel.csv", views.Csv.as_view(), name="table_csv"),
    path("aanbieder/<int:pk>/tabel/<slug:kind>/", views.Table.as_view(), name="rows"),
    path("aanbieder/<int:pk>/tabel/<slug:kind>.xlsx", views.Workbook.as_view(), name="rows_xlsx"),
    path("aanbieder/<int:pk>/tabel/<slug:kind>.csv", views.Csv.as_view(), name="rows_csv"),
    path(
        "aanbieder/<int:pk>/tabel/<int:change>/terugdraaien/",
        views.UndoTable.as_view(),
        name="undo_table",
    ),
]
