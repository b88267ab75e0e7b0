"""Addresses of what is done about work without moving it, and of what people keep for themselves."""

from django.urls import path

from services.workflow.web import arrangements, conflicts, inbox_views, incidents, reassign_many, working

urlpatterns = [
    path("side-acts/<slug:kind>/<int:number>/<slug:act>", working.work_act, name="work_act"),
    path("copies/<int:copy_id>", working.open_copy, name="open_copy"),
    path("inbox/reassign", reassign_many.reassign_many, name="reassign_many"),
    path("inbox/views", inbox_views.save, name="save_view"),
    path("inbox/views/<int:view_id>/delete", inbox_views.delete, name="delete_view"),
    path("account/arrangements", arrangements.arrangements, name="arrangements"),
    path("account/relations", conflicts.relations, name="relations"),
    path("supervision/incidents", incidents.incidents, name="incidents"),
    path("administration/refused", conflicts.refused, name="refused_acts"),
]
