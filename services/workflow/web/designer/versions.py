"""The published versions of a programme: which there are, what one says, how two differ."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from services.workflow.documents.route_diagram import route_svg
from services.workflow.domain.differences import differences
from services.workflow.domain.refused import Refused
from services.workflow.domain.toml_text import definition_text
from services.workflow.models import Programme, ProgrammeVersion
from services.workflow.queries.case_page import one_case
from services.workflow.queries.definitions import definition_of
from services.workflow.web.acting import actor
from services.workflow.web.designer.differences_shown import changes_shown
from services.workflow.web.designer.pages import crumbs
from services.workflow.web.pages import Context, show
from services.workflow.web.workbooks import download
from services.workflow.wording.addresses import page_of


def versions(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Every version, the newest first, with how it differs from the one before."""
    row = one_case(actor(request), Programme, programme_id)
    found = row.versions.select_related("published_by__unit").order_by("-number")
    context = {
        "crumbs": _crumbs(row),
        "programme": row.name,
        "versions": [_row(programme_id, version) for version in found],
    }
    return show(request, "designer/versions.html", context)


def _row(programme_id: int, version: ProgrammeVersion) -> Context:
    who = version.published_by
    return {
        "number": version.number,
        "hash": version.content_hash,
        "at": version.published_at,
        "who": f"{who.unit.name} {who.name}" if who else "",
        "editions": "、".join(version.editions.order_by("year").values_list("name", flat=True)),
        "file_address": reverse("version_toml", args=[programme_id, version.number]),
        "difference_address": reverse("version_difference", args=[programme_id, version.number])
        if version.number > 1
        else "",
    }


def _crumbs(row: Programme) -> list[Context]:
    return [*crumbs(), {"words": row.name, "address": page_of("programme", row.pk)}]


def one_version(programme_id: int, number: int) -> ProgrammeVersion:
    """Refused: version.not_found."""
    version = ProgrammeVersion.objects.filter(programme=programme_id, number=number).first()
    if version is None:
        raise Refused("version.not_found", number=number)
    return version


@require_GET
def version_toml(request: HttpRequest, programme_id: int, number: int) -> HttpResponse:
    row = one_case(actor(request), Programme, programme_id)
    version = one_version(programme_id, number)
    return download(
        definition_text(definition_of(version.pk)), f"{row.code}-{number}.toml", "application/toml"
    )


@require_GET
def version_svg(request: HttpRequest, programme_id: int, number: int) -> HttpResponse:
    row = one_case(actor(request), Programme, programme_id)
    version = one_version(programme_id, number)
    return download(route_svg(definition_of(version.pk)), f"{row.code}-{number}.svg", "image/svg+xml")


def version_difference(request: HttpRequest, programme_id: int, number: int) -> HttpResponse:
    """What changed from another version to this one; from the one before where no other is named."""
    row = one_case(actor(request), Programme, programme_id)
    given = request.GET.get("from", "")
    before = one_version(programme_id, int(given) if given.isascii() and given.isdigit() else number - 1)
    after = one_version(programme_id, number)
    found = differences(definition_of(before.pk), definition_of(after.pk))
    address = reverse("versions", args=[programme_id])
    context = {
        "crumbs": [*_crumbs(row), {"words": _("Versions"), "address": address}],
        "title": _("From version %(before)d to version %(after)d")
        % {"before": before.number, "after": after.number},
        "changes": changes_shown(found),
        "numbers": [n for n in range(1, number) if n != before.number],
    }
    return show(request, "designer/difference.html", context)
