"""Declarations: begun, written in, read with their record, scores, evidence and gaps."""

from dataclasses import asdict
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile

from services.workflow.api.asking import CREATED, key_of, seen
from services.workflow.api.auth import Request
from services.workflow.api.cases import add_collection, narrowed, the_case
from services.workflow.api.pages import PageOf, page
from services.workflow.api.shapes import AnswersIn, DeclarationIn, MarksIn
from services.workflow.api.told import DECLARATIONS, declaration_told, definition_told
from services.workflow.commands.declare import add_evidence, begin, save_answers
from services.workflow.commands.files import FILE_MOST, MEGABYTE
from services.workflow.commands.measuring import score_leg
from services.workflow.commands.windows import warnings_of
from services.workflow.domain.figures import Figure
from services.workflow.domain.refused import Refused
from services.workflow.domain.scoring import Mark
from services.workflow.domain.stages import RETURNABLE
from services.workflow.models import Answer, Declaration, Evidence, Veto
from services.workflow.queries.clock import now
from services.workflow.queries.corrections import corrections_of, return_choices_of
from services.workflow.queries.declaration_facts import gaps_of
from services.workflow.queries.definitions import declaration_definition
from services.workflow.queries.draws import draws_of
from services.workflow.queries.facts import gather
from services.workflow.queries.rights import visible_to
from services.workflow.queries.sheets import Line, sheet_of
from services.workflow.wording.gaps import gap_sentence
from services.workflow.wording.refusals import refusal_text

router = Router(tags=["declarations"])


@router.get("")
def declarations(
    request: Request,
    paging: PageOf,
    edition: int | None = None,
    stage: str | None = None,
    leg: int | None = None,
    unit: int | None = None,
    town: int | None = None,
) -> dict[str, Any]:
    """Declarations in this office's scope, newest first."""
    rows = visible_to(request.auth, Declaration).select_related(*DECLARATIONS)
    return page(
        narrowed(rows, edition=edition, stage=stage, leg=leg, unit=unit, town=town), paging, declaration_told
    )


@router.post("", response=CREATED)
def start(request: Request, body: DeclarationIn, response: HttpResponse) -> dict[str, Any]:
    """Begin the unit's declaration in an edition; it stands as a draft that only the unit sees."""
    told = begin(body.edition, category=body.category, by=request.auth, key=key_of(request))
    response["Location"] = f"/api/v1/declarations/{told['declaration']}"
    response["ETag"] = f'"{told["version"]}.{told["revision"]}"'
    return {"id": told["declaration"], "kind": "declaration", **told}


def _detail(row: Declaration, actor: Any) -> dict[str, Any]:
    """What the unit wrote, and the vetoes that are open against it."""
    answers = Answer.objects.filter(declaration=row).order_by("criterion")
    vetoes = Veto.objects.filter(case_id=row.pk, lifted_at__isnull=True).order_by("pk")
    return {
        "warnings": [{**one, "detail": refusal_text(Refused(one["code"]))} for one in warnings_of(row)],
        "answers": {
            answer.criterion: {
                "points": "n/a" if answer.not_applicable else answer.points,
                "statement": answer.statement,
                "figures": answer.figures,
                "revision": answer.revision,
                "saved_at": answer.saved_at,
            }
            for answer in answers
        },
        "draws": draws_of(row),
        "open_vetoes": [{"id": veto.pk, "ground": veto.ground, "event_on": veto.event_on} for veto in vetoes],
    }


add_collection(router, Declaration, declaration_told, DECLARATIONS, detail=_detail)


@router.put("/{int:case_id}/answers", operation_id="put_answers")
@router.patch("/{int:case_id}/answers", operation_id="patch_answers")
def answers(request: Request, case_id: int, body: AnswersIn, response: HttpResponse) -> dict[str, Any]:
    """Save answers to some criteria, each guarded by its own revision, all of them by If-Match where it is sent;
    those not named stay as they are."""
    told = save_answers(
        case_id,
        {code: answer.told() for code, answer in body.answers.items()},
        by=request.auth,
        key=key_of(request),
        seen=seen(request, None),
    )
    return {"id": case_id, **told}


@router.get("/{int:case_id}/standard")
def standard(request: Request, case_id: int) -> dict[str, Any]:
    """Route and standard as they are for this declaration: of its track, with the criteria of its category."""
    row = the_case(request.auth, Declaration, case_id, ("edition",))
    return definition_told(declaration_definition(row))


@router.get("/{int:case_id}/gaps")
def gaps(request: Request, case_id: int) -> dict[str, Any]:
    """All that still stands between the declaration and filing, in the order of the standard."""
    row = the_case(request.auth, Declaration, case_id, ("edition",))
    found = gaps_of(row, declaration_definition(row))
    return {"items": [{**asdict(gap), "detail": gap_sentence(gap)} for gap in found], "next": None}


@router.get("/{int:case_id}/returns")
def returns(request: Request, case_id: int) -> dict[str, Any]:
    """The earlier legs that the case may be sent back to from where it stands, none where it cannot be returned;
    and what each return asked to be put right, the last one first."""
    row = the_case(request.auth, Declaration, case_id, ("edition",))
    gather([row], at=now())
    choices = return_choices_of(row) if row.stage in RETURNABLE else ()
    items = [asdict(asked) for asked in corrections_of(row)]
    return {"choices": [asdict(choice) for choice in choices], "items": items, "next": None}


@router.get("/{int:case_id}/scores")
def scores(request: Request, case_id: int) -> dict[str, Any]:
    """What the unit, its town, the departments and the committee gave, side by side, with totals and verdicts."""
    sheet = sheet_of(the_case(request.auth, Declaration, case_id, ("edition",)), request.auth)
    return {
        "pass_mark": sheet.pass_mark,
        "maximum": sheet.maximum,
        "items": [_line_told(line) for line in sheet.lines],
        "totals": {
            tier: {
                "points": found.points,
                "raw": found.raw,
                "applicable": found.applicable,
                "bonus": found.bonus,
                "missing": list(found.missing),
                "below_floor": list(found.below_floor),
                "passed": sheet.verdicts[tier].passed,
            }
            for tier, found in sheet.totals.items()
        },
        "next": None,
    }


@router.post("/{int:case_id}/scores")
def score(request: Request, case_id: int, body: MarksIn) -> dict[str, Any]:
    """The sheet of a leg that scores for itself, by the body that the case waits for; saved as often as needed."""
    the_case(request.auth, Declaration, case_id)
    return {"id": case_id, **score_leg(case_id, body.told(), by=request.auth, key=key_of(request))}


def _line_told(line: Line) -> dict[str, Any]:
    return {
        "indicator": line.indicator.code,
        "criterion": line.criterion.code,
        "name": line.criterion.name,
        "maximum": line.criterion.points,
        "scorer": line.criterion.scorer,
        "apart": line.apart,
        "example": line.criterion.example,
        **{
            tier: {
                "points": mark_told(mark.points),
                "by": mark.scorer,
                "source": mark.source,
                "figures": {code: _figure_told(figure) for code, figure in mark.figures},
                "marks": [{"points": mark_told(one.points), "by": one.scorer} for one in mark.marks],
            }
            for tier, mark in line.marks.items()
        },
    }


def _figure_told(figure: Figure) -> dict[str, Decimal]:
    return {name: value for name, value in asdict(figure).items() if value is not None}


def mark_told(mark: Mark) -> Decimal | str | None:
    """Points, "n/a" for not applicable, null for not scored."""
    return mark if isinstance(mark, Decimal) or mark is None else "n/a"


@router.get("/{int:case_id}/evidence")
def evidence(request: Request, case_id: int, paging: PageOf) -> dict[str, Any]:
    """The files behind the answers; each is read at /files/{id}."""
    row = the_case(request.auth, Declaration, case_id)
    rows = Evidence.objects.filter(declaration=row, removed_at__isnull=True)
    return page(rows, paging, evidence_told, oldest_first=True)


def evidence_told(row: Evidence) -> dict[str, Any]:
    return {
        "id": row.pk,
        "declaration": row.declaration_id,
        "criterion": row.criterion,
        "name": row.name,
        "media_type": row.media_type,
        "size": row.size,
        "sha256": row.sha256,
        "added_at": row.added_at,
        "file": f"/api/v1/files/{row.pk}",
    }


@router.post("/{int:case_id}/evidence", response=CREATED)
def attach(
    request: Request,
    case_id: int,
    criterion: Annotated[str, Form()],
    file: Annotated[UploadedFile, File()],
    response: HttpResponse,
) -> dict[str, Any]:
    """Attach a file of up to 20 MB to a criterion; its kind is read from its bytes."""
    if (file.size or 0) > FILE_MOST:
        raise Refused("file.too_large", megabytes=FILE_MOST // MEGABYTE)
    told = add_evidence(
        case_id, criterion, name=file.name or "", content=file.read(), by=request.auth, key=key_of(request)
    )
    response["Location"] = f"/api/v1/files/{told['evidence']}"
    return {"id": told["evidence"], **told}
