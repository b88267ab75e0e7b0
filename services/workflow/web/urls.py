"""The addresses of the pages: people at work here, the public and the rounds in files of their own."""

from django.urls import URLPattern, URLResolver, include, path

from services.workflow.web import (
    batch,
    beginning,
    case_files,
    cases,
    cockpit,
    declarations,
    editions,
    inbox,
    own_check,
    ranking,
    sections,
    sessions,
)
from services.workflow.web.largetype import large_type
from services.workflow.web.parts import parts

urlpatterns: list[URLPattern | URLResolver] = [
    path("", inbox.inbox, name="inbox"),
    path("inbox/rows", inbox.rows, name="inbox_rows"),
    path("inbox/batch", batch.batch, name="batch"),
    path("login", sessions.log_in, name="login"),
    path("logout", sessions.log_out, name="logout"),
    path("account", sessions.account, name="account"),
    path("first-admin/<str:token>", sessions.first_admin, name="first_admin"),
    path("editions", editions.editions, name="editions"),
    path("editions/new", editions.edition_new, name="edition_new"),
    path("editions/<int:edition_id>", cockpit.cockpit, name="edition"),
    path("editions/<int:edition_id>/body", cockpit.cockpit_body, name="cockpit_body"),
    path("editions/<int:edition_id>/ranking", ranking.ranking, name="ranking"),
    path("editions/<int:edition_id>/begin", beginning.begin, name="begin"),
    path("declarations/<int:declaration_id>", declarations.declaration, name="declaration"),
    path("declarations/<int:declaration_id>/check", declarations.check_answers, name="check_answers"),
    path("declarations/<int:declaration_id>/receipt", declarations.receipt, name="receipt"),
    path("declarations/<int:declaration_id>/criteria/<str:code>", sections.section, name="section"),
    path("declarations/<int:declaration_id>/criteria/<str:code>/save", sections.autosave, name="autosave"),
    path("declarations/<int:declaration_id>/criteria/<str:code>/files", sections.upload, name="upload"),
    path("evidence/<int:evidence_id>", sections.evidence, name="evidence"),
    path("evidence/<int:evidence_id>/remove", sections.remove_evidence, name="remove_evidence"),
    path("cases/<int:case_id>", cases.case, name="case"),
    path("cases/<int:case_id>/body", cases.case_body, name="case_body"),
    path("cases/<int:case_id>/files", case_files.files, name="files"),
    path("cases/<int:case_id>/criteria/<str:code>", case_files.criterion, name="criterion"),
    path("", include("services.workflow.web.urls_designer")),
    path("cases/<int:case_id>/own-check", own_check.own_check_page, name="own_check"),
    path("cases/<int:case_id>/<slug:step>", cases.act, name="act"),
    path("type", large_type, name="large_type"),
    path("parts", parts, name="parts"),
    path("", include("services.workflow.web.urls_public")),
    path("", include("services.workflow.web.urls_rounds")),
    path("", include("services.workflow.web.urls_messages")),
    path("", include("services.workflow.web.urls_people")),
    path("", include("services.workflow.web.urls_work")),
]
