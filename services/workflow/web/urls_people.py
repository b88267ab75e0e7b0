"""Addresses of people's accounts."""

from django.urls import path

from services.workflow.web import people

urlpatterns = [
    path("administration/people", people.people, name="people"),
    path("administration/people/<int:member_id>", people.person, name="person"),
    path("account/password/<int:member_id>/<str:token>", people.new_password, name="new_password"),
]
