"""Moving a case to a newer version: what changes for it is shown before anybody decides."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.workflow.domain.access import is_organiser
from services.workflow.domain.refused import Refused
from services.workflow.models import Declaration
from services.workflow.queries.case_page import one_case
from services.workflow.queries.clock import now
from services.workflow.queries.facts import gather
from services.workflow.queries.moving import moving, newer_versions
from services.workflow.web.acting import actor
from services.workflow.web.acts import ReasonForm
from services.workflow.web.designer.differences_shown import changes_shown
from services.workflow.web.forms import choice
from services.workflow.web.pages import Context
from services.workflow.web.step_page import Step, Will, step_page
from services.workflow.wording.refusals import refusal_text


class MoveForm(ReasonForm):
    to = choice(gettext_lazy("Version it is moved to"), [])
    field_order = ("to", "reason")


def _choices(row: Any) -> list[tuple[str, str]]:
    return [(str(one.number), _("Version %(n)d") % {"n": one.number}) for one in newer_versions(row)]


MOVE = Step(
    "change_version",
    gettext_lazy("Move this case"),
    gettext_lazy("The case goes on by the newer version."),
    (
        Will("journal-text", gettext_lazy("Standard, marks and terms of the newer version hold for it.")),
        Will("arrow-repeat", gettext_lazy("The other cases of the edition keep their version.")),
    ),
    MoveForm,
    choices={"to": _choices},
)


def change_version(request: HttpRequest, case_id: int) -> HttpResponse:
    """The newer versions with what each changes for this case and what stands against it."""
    related = ("unit", "edition__programme", "edition__definition_version", "definition_version")
    row = one_case(actor(request), Declaration, case_id, *related)
    gather([row], at=now(), member_id=actor(request).member_id)
    if not is_organiser(row, actor(request)):
        raise Refused("step.not_yours", step="change_version")
    found = newer_versions(row)
    if not found:
        raise Refused("version.none_newer")
    row.chosen_version = found[-1].number
    back = reverse("case", args=[case_id])
    crumbs = [{"words": row.unit.name, "address": back}]
    facts = [_effect(row, version.number) for version in found]
    return step_page(request, row, MOVE, title=row.unit.name, back=back, crumbs=crumbs, facts=facts)


def _effect(row: Any, number: int) -> Context:
    """One version: what stands against it, else what changes."""
    found = moving(row, number).effect
    changes = [
        f"{one['where']}　{one['before'] or '—'} → {one['after'] or '—'}"
        for one in changes_shown(found.changes)
    ]
    against = [refusal_text(one) for one in found.against]
    words = "；".join(against or changes) or _("Nothing changes for this case.")
    return {"term": _("Version %(n)d") % {"n": number}, "words": words}
