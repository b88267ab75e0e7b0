"""Taking steps: one on one case, or one on many with an answer for each row."""

from typing import Any

from ninja import Router

from services.workflow.api.asking import key_of, seen
from services.workflow.api.auth import Request
from services.workflow.api.shapes import StepIn, StepsIn
from services.workflow.commands.steps import MODELS, take_step, take_steps
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Kind
from services.workflow.models.lifecycle.steps import steps_open
from services.workflow.queries.facts import gather
from services.workflow.queries.opening import open_case
from services.workflow.wording.refusals import refusal_text

router = Router(tags=["steps"])


def add_step_path(kind: Kind) -> None:
    @router.post(
        f"/{kind}s/{{int:case_id}}/steps/{{step}}",
        summary=f"Take a step on one {kind}",
        operation_id=f"{kind}_step",
    )
    def take(request: Request, case_id: int, step: str, body: StepIn, steps: bool = True) -> dict[str, Any]:
        version, revision = seen(request, body.version, body.revision)
        answer = take_step(
            kind,
            case_id,
            step,
            by=request.auth,
            key=key_of(request),
            version=version,
            revision=revision,
            reason=body.reason,
            fields=body.given(),
        )
        return {
            **row_told(kind, answer),
            **({"steps": now_open(request.auth, kind, case_id)} if steps else {}),
        }


for each in Kind:
    add_step_path(each)


@router.post("/steps")
def take_many(request: Request, body: StepsIn) -> dict[str, Any]:
    """One step on up to 10,000 cases of a kind; a row that may not move is answered with its code, the others go on."""
    try:
        kind = Kind(body.kind)
    except ValueError:
        raise Refused("field.not_a_choice", field="kind", choices=", ".join(Kind)) from None
    answer = take_steps(
        kind,
        body.step,
        [{"case": case.id, "version": case.version} for case in body.cases],
        by=request.auth,
        key=key_of(request),
        reason=body.reason,
        fields=body.given(),
    )
    return {"results": [result_told(kind, row) for row in answer["results"]]}


def row_told(kind: Kind, answer: dict[str, Any]) -> dict[str, Any]:
    """The command's answer under the API's names: `place` is the stage or status."""
    told = dict(answer)
    place = told.pop("place")
    return {**told, "id": answer["case"], "kind": str(kind), MODELS[kind].FIELD: place}


def result_told(kind: Kind, row: dict[str, Any]) -> dict[str, Any]:
    if row["ok"]:
        return row_told(kind, row)
    sentence = refusal_text(Refused(row["code"], **row["params"]))
    return {**row, "id": row["case"], "detail": sentence}


def now_open(actor: Actor, kind: Kind, case_id: int) -> list[str]:
    """What this actor could do next; read afresh, so a repeated key may tell a later state."""
    row = open_case(actor, MODELS[kind], case_id)
    if row is None:
        return []
    gather([row], at=row.opened.at, member_id=actor.member_id)
    return list(steps_open(row, actor))
