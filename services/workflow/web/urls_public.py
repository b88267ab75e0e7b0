"""Addresses for everybody: notices, objections by form and receipt, the register."""

from django.urls import path

from services.workflow.web import decisions, project_notices, public_notices, register

urlpatterns = [
    path("project-notices", project_notices.project_notices, name="project_notices"),
    path("project-notices/<int:programme_id>", project_notices.project_notice, name="project_notice"),
    path("notices", public_notices.notices, name="notices"),
    path("notices/<int:notice_id>", public_notices.notice, name="notice"),
    path("notices/<int:notice_id>.pdf", public_notices.notice_file, name="notice_file"),
    path("notices/<int:notice_id>/standing", public_notices.standing, name="notice_standing"),
    path("notices/<int:notice_id>/files/<int:position>", public_notices.notice_part, name="notice_part"),
    path("notices/<int:notice_id>/object", public_notices.objection, name="object"),
    path("public/notices/<int:notice_id>", public_notices.notice_moved, name="notice_moved"),
    path("objections/follow", public_notices.follow_up, name="objection_follow"),
    path("objections/receipts/<str:number>", public_notices.receipt, name="objection_receipt"),
    path("register", register.register, name="register"),
    path("register/data", register.data, name="register_data"),
    path("register.csv", register.register_csv, name="register_csv"),
    path("register.json", register.register_json, name="register_json"),
    path("register.atom", register.register_atom, name="register_atom"),
    path("register/<str:number>.json", register.honour_json, name="register_honour_json"),
    path("register/<str:number>", register.honour, name="register_honour"),
    path("decisions/<int:document_id>", decisions.decision, name="decision"),
    path("documents/<int:document_id>", register.paper, name="paper"),
]
