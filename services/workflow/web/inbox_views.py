"""Views of the inbox that somebody keeps: the address of what it is narrowed to, under a name."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from services.workflow.commands.keepsakes import delete_view, save_view
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.queries.keepsakes import views_of
from services.workflow.web.acting import actor
from services.workflow.web.pages import Context, done
from services.workflow.web.posted import key_of


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the present address under a name; a refusal is a page with its words."""
    query = request.POST.get("query", "")
    save_view(request.POST.get("name", ""), query, by=actor(request), key=key_of(request))
    return done(request, _address(query), _("The view is kept"))


@require_POST
def delete(request: HttpRequest, view_id: int) -> HttpResponse:
    """A view that is gone already is as good as deleted."""
    try:
        delete_view(view_id, by=actor(request), key=key_of(request))
    except Refused as refusal:
        if refusal.code != "view.not_found":
            raise
        return HttpResponseRedirect("/")
    return done(request, "/", _("The view is deleted"))


def views_shown(by: Actor, query: str) -> list[Context]:
    """The views of this person; the one whose address this is, is current."""
    return [
        {"id": row.pk, "name": row.name, "address": _address(row.query), "current": row.query == query}
        for row in views_of(by)
    ]


def _address(query: str) -> str:
    return f"/?{query}" if query else "/"
