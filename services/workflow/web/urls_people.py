"""Addresses of people's accounts."""

from django.urls import path

from services.workflow.web import calendar_years, own_password, paper_templates, people

urlpatterns = [
    path("administration/calendar", calendar_years.calendar_years, name="calendar_years"),
    path("administration/calendar/template.xlsx", calendar_years.template, name="calendar_template"),
    path("administration/templates", paper_templates.paper_templates, name="paper_templates"),
    path(
        "administration/templates/<slug:name>.docx", paper_templates.template_file, name="paper_template_file"
    ),
    path(
        "administration/templates/<slug:name>/specimen.docx",
        paper_templates.specimen,
        name="paper_template_specimen",
    ),
    path("administration/people", people.people, name="people"),
    path("administration/people/<int:member_id>", people.person, name="person"),
    path("account/password", own_password.own_password, name="own_password"),
    path("account/password/<int:member_id>/<str:token>", people.new_password, name="new_password"),
]
