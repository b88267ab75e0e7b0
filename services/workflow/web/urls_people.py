"""Addresses of people's accounts."""

from django.urls import path

from services.workflow.web import calendar_years, own_password, people

urlpatterns = [
    path("administration/calendar", calendar_years.calendar_years, name="calendar_years"),
    path("administration/calendar/template.xlsx", calendar_years.template, name="calendar_template"),
    path("administration/people", people.people, name="people"),
    path("administration/people/<int:member_id>", people.person, name="person"),
    path("account/password", own_password.own_password, name="own_password"),
    path("account/password/<int:member_id>/<str:token>", people.new_password, name="new_password"),
]
