"""The newer versions that an open declaration could be moved to, with what each would change for it."""

from typing import Any

from ninja import Router

from services.workflow.api.auth import Request
from services.workflow.api.cases import the_case
from services.workflow.models import Declaration
from services.workflow.queries.moving import moving, newer_versions, present_version
from services.workflow.wording.refusals import refusal_text

router = Router(tags=["declarations"])


@router.get("/{int:declaration_id}/versions")
def versions(request: Request, declaration_id: int) -> dict[str, Any]:
    """`against` says why it cannot be moved there; where it is empty, step `change_version` {to, reason} moves it."""
    related = ("edition__definition_version", "definition_version")
    case = the_case(request.auth, Declaration, declaration_id, related)
    return {
        "id": declaration_id,
        "definition_version": present_version(case).number,
        "newer": [_told(case, version.number) for version in newer_versions(case)],
    }


def _told(case: Any, number: int) -> dict[str, Any]:
    found = moving(case, number).effect
    return {
        "number": number,
        "changes": [
            {"path": list(one.path), "change": str(one.change), "before": one.before, "after": one.after}
            for one in found.changes
        ],
        "against": [{"code": one.code, "detail": refusal_text(one)} for one in found.against],
    }
