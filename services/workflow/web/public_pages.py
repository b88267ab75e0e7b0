"""How pages for everybody are answered: without session and log-in, kept by shared caches for a moment."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from services.workflow.domain.refused import Refused
from services.workflow.models import NoticeFile, Unit
from services.workflow.queries.stored import path_of
from services.workflow.web.pages import Context

# Five seconds from a shared cache, then once more while it asks: a whole district may read at once.
CACHED = "public, s-maxage=5, stale-while-revalidate=60"
# A part that is fetched because something happened must not be what it was before.
FRESH = "no-cache"
View = Callable[..., HttpResponse]


def for_everybody(view: View) -> View:
    """A page that reads only, with an ETag of what it says; the large-type cookie is all that it varies by."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        response.headers.setdefault("Cache-Control", CACHED)
        patch_vary_headers(response, ["Cookie"])
        set_response_etag(response)
        kept = get_conditional_response(request, etag=response["ETag"], response=response)
        assert isinstance(kept, HttpResponse)
        return kept

    return login_not_required(require_safe(answer))


def paint(request: HttpRequest, template: str, context: Context, *, status: int = 200) -> HttpResponse:
    """A public page; nobody's messages stand on it, or a shared cache would hand them to others."""
    return render(request, template, {"messages": (), "place": place(), **context}, status=status)


def file_answer(file: NoticeFile) -> HttpResponse:
    """The public copy of a notice's file. Refused: file.missing."""
    path = path_of(file.public_sha256)
    if not path.exists():
        raise Refused("file.missing")
    answer = HttpResponse(path.read_bytes(), content_type=file.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def place() -> str:
    """The district whose register this is; where there are several, none is named."""
    names = list(Unit.objects.filter(kind="district").values_list("name", flat=True)[:2])
    return names[0] if len(names) == 1 else ""


def verified(subject: str) -> Context:
    """What parts/verify.html takes: where the proof of this thing lies, and its data."""
    shown = f"/api/v1/public/{subject}"
    return {"proof_address": f"{shown}/proof", "shown_address": shown, "origin": absolute("")}


def absolute(path: str) -> str:
    return f"{settings.PUBLIC_ORIGIN}{path}"
