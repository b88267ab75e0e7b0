"""Addresses for everybody: notices, objections by form and receipt, the register."""

from django.urls import path

from services.workflow.web import public_notices

urlpatterns = [
    path("notices", public_notices.notices, name="notices"),
    path("notices/<int:notice_id>", public_notices.notice, name="notice"),
    path("notices/<int:notice_id>.pdf", public_notices.notice_file, name="notice_file"),
    path("notices/<int:notice_id>/standing", public_notices.standing, name="notice_standing"),
    path("notices/<int:notice_id>/object", public_notices.objection, name="object"),
    path("public/notices/<int:notice_id>", public_notices.notice_moved, name="notice_moved"),
    path("objections/follow", public_notices.follow_up, name="objection_follow"),
    path("objections/receipts/<str:number>", public_notices.receipt, name="objection_receipt"),
]
