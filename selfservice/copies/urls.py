"""Addresses of the copies of an offer."""

from django.urls import path

from selfservice.copies import views

urlpatterns = [
    path("aanbod/<int:pk>/andere-plekken/", views.EditCopies.as_view(), name="copies"),
    path("aanbod/<int:pk>/losmaken/", views.LetGo.as_view(), name="let_go_of_template"),
    path(
        "aanbod/<int:pk>/andere-plekken/<int:event>/terugdraaien/",
        views.TakeBack.as_view(),
        name="take_back_copies",
    ),
]
