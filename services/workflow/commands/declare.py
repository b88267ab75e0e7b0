"""What a unit does with its declaration before it is filed: begin it, answer, add and remove evidence."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F

from services.workflow.commands import fields as f
from services.workflow.commands.advance import found
from services.workflow.commands.files import store
from services.workflow.commands.marks import points_of
from services.workflow.commands.transaction import Answer as Told
from services.workflow.commands.transaction import Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.programme import Definition
from services.workflow.domain.refused import Refused
from services.workflow.domain.resolving import track_of
from services.workflow.domain.stages import Role, Stage
from services.workflow.models import Answer, Declaration, Edition, Evidence, Unit
from services.workflow.queries.declaration_facts import unit_of
from services.workflow.queries.definitions import declaration_definition, definition_of, unit_ids
from services.workflow.queries.units import codes_above

STATEMENT_MOST = 2000
EVIDENCE_A_CRITERION = 20


def begin(edition_id: int, *, category: str = "", by: Actor, key: UUID | None) -> Told:
    """Begin the unit's declaration in an edition, on the track of its kind, in its category (of an old community,
    for example). Returns {"declaration", "version", "revision"}.

    Refused: edition.not_found, declaration.exists, declaration.not_a_subject, declaration.window_closed,
    declaration.category_unknown, declaration.category_missing, step.not_yours.
    """
    request = [edition_id, category] if category else edition_id
    return run(lambda tx: _begin(tx, edition_id, category), name="begin", by=by, key=key, request=request)


def _begin(tx: Transaction, edition_id: int, category: str) -> Told:
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition is None:
        raise Refused("edition.not_found", edition=edition_id)
    if tx.by.role != Role.DECLARANT or tx.by.unit_id is None:
        raise Refused("step.not_yours", step="begin")
    unit = Unit.objects.get(pk=tx.by.unit_id)
    whole = definition_of(edition.definition_version_id)
    if not edition.opens_at <= tx.at < edition.closes_at:
        raise Refused("declaration.window_closed")
    if unit.kind not in whole.subject_kinds or whole.scope not in codes_above(unit.pk):
        raise Refused("declaration.not_a_subject")
    declaration = Declaration(
        edition=edition,
        unit=unit,
        applicant=unit,
        leg=0,
        track=track_of(whole, unit.kind),
        category=_category(whole, unit, category),
        parent_id=unit.parent_id,
        town_id=unit.town_id,
        district_id=unit.district_id,
        office_role=str(whole.host.role),
    )
    declaration.office_unit_id = unit_of(whole.host, declaration, unit_ids(whole))
    try:
        found(tx, [declaration])
    except IntegrityError as error:
        if "one_open_declaration" in str(error):
            raise Refused("declaration.exists") from error
        raise
    return {"declaration": declaration.pk, "version": 1, "revision": 0}


def _category(whole: Definition, unit: Unit, given: str) -> str:
    """The category that a unit declares in: the one it names, else the one it is kept under.

    Without one nothing is lost but where the standard asks something else of each category.
    """
    known = {category.code for category in whole.categories}
    if given and given not in known:
        raise Refused("declaration.category_unknown", category=given, known=", ".join(sorted(known)))
    category = given or (unit.category if unit.category in known else "")
    own = next((track.standard for track in whole.tracks if unit.kind in track.kinds), None)
    if not category and any(criterion.categories for criterion in (own or whole.standard).criteria):
        raise Refused("declaration.category_missing", known=", ".join(sorted(known)))
    return category


def save_answers(
    declaration_id: int,
    answers: Mapping[str, Mapping[str, Any]],
    *,
    by: Actor,
    key: UUID | None = None,
    seen: tuple[int | None, int | None] = (None, None),
) -> Told:
    """Save what the unit says on some criteria; those not named stay as they are.

    {criterion: {"points", "statement", "figures": {measure: {"value" | "numerator" | "denominator"}}, "revision"}};
    "points" is text, "" for not scored, "n/a" for not applicable. A revision that is not the kept one is refused
    field by field as `overtaken`, with what is kept. `seen` is the (version, revision) of the whole declaration that
    the caller had before them, None where they do not say; a stale one is `overtaken` too.
    Returns {"revision", "answers": {criterion: revision}, "saved_at"}.
    Refused also: declaration.not_editable, step.not_yours, score.*, field.*. Nothing is kept where anything is refused.
    """
    request = {"declaration": declaration_id, "answers": {code: dict(a) for code, a in answers.items()}}
    told = run(
        lambda tx: _save(tx, declaration_id, answers, seen),
        name="save_answers",
        by=by,
        key=key,
        request=request,
    )
    return {
        **told,
        "saved_at": datetime.fromisoformat(told["saved_at"]),
    }  # kept as text: a repeated key reads it


def _save(
    tx: Transaction,
    declaration_id: int,
    answers: Mapping[str, Mapping[str, Any]],
    before: tuple[int | None, int | None],
) -> Told:
    declaration, definition = _editable(tx, declaration_id)
    present = (declaration.version, declaration.revision)
    if any(had not in {None, has} for had, has in zip(before, present, strict=True)):
        raise Refused("overtaken", case=declaration_id, version=present[0], revision=present[1])
    kept = {
        a.criterion: a for a in Answer.objects.filter(declaration=declaration, criterion__in=list(answers))
    }
    revisions = {}
    for code, given in answers.items():
        row = kept.get(code) or Answer(declaration=declaration, criterion=code)
        seen = given.get("revision")
        if seen is not None and seen != row.revision:
            raise Refused(
                "overtaken",
                criterion=code,
                revision=row.revision,
                points=str(row.points) if row.points is not None else "",
                statement=row.statement,
            )
        _fill(row, definition, code, given)
        row.revision += 1
        row.saved_by_id = tx.by.office
        row.saved_at = tx.at
        row.save()
        revisions[code] = row.revision
    Declaration.objects.filter(pk=declaration.pk).update(revision=F("revision") + 1)
    return {"revision": declaration.revision + 1, "answers": revisions, "saved_at": tx.at.isoformat()}


def _fill(row: Answer, definition: Definition, code: str, given: Mapping[str, Any]) -> None:
    criterion = definition.standard.by_code.get(code)
    if criterion is None:
        raise Refused("score.unknown_criterion", criterion=code)
    if "points" in given:
        row.points, row.not_applicable = points_of(definition, code, given["points"])
    if "statement" in given:
        row.statement = f.text(given, "statement", limit=STATEMENT_MOST, required=False)
    if "figures" in given:
        row.figures = _figures(criterion, given["figures"])


def _figures(criterion: Any, given: Any) -> dict[str, dict[str, str]]:
    if not isinstance(given, Mapping):
        raise Refused("field.invalid", field="figures")
    known = {measure.code for measure in criterion.measures}
    kept: dict[str, dict[str, str]] = {}
    for code, parts in given.items():
        if code not in known or not isinstance(parts, Mapping):
            raise Refused("field.invalid", field=f"figures.{code}")
        for part, value in parts.items():
            if part not in {"value", "numerator", "denominator"}:
                raise Refused("field.invalid", field=f"figures.{code}.{part}")
            if value is not None and str(value).strip() != "":
                kept.setdefault(code, {})[part] = str(f.decimal(value, f"figures.{code}.{part}"))
    return kept


def _editable(tx: Transaction, declaration_id: int) -> tuple[Declaration, Definition]:
    """The unit's own declaration while it may be written in, locked."""
    declaration = (
        Declaration.objects.select_for_update(of=("self",))
        .select_related("edition")
        .filter(pk=declaration_id)
        .first()
    )
    if declaration is None or (tx.by.role, tx.by.unit_id) != (Role.DECLARANT, declaration.unit_id):
        raise Refused("case.not_found", case=declaration_id)
    if declaration.stage not in {Stage.DRAFT, Stage.RETURNED}:
        raise Refused("declaration.not_editable", stage=str(declaration.stage))
    return declaration, declaration_definition(declaration)


def add_evidence(
    declaration_id: int, criterion: str, *, name: str, content: bytes, by: Actor, key: UUID | None = None
) -> Told:
    """Attach a file to a criterion; its kind is read from its bytes, not from its name.

    Returns {"evidence", "sha256", "size", "media_type"}. Refused: file.*, evidence.too_many, score.unknown_criterion,
    declaration.not_editable.
    """
    request = [declaration_id, criterion, name, hashlib.sha256(content).hexdigest()]
    return run(
        lambda tx: _add(tx, declaration_id, criterion, name, content),
        name="add_evidence",
        by=by,
        key=key,
        request=request,
    )


def _add(tx: Transaction, declaration_id: int, criterion: str, name: str, content: bytes) -> Told:
    declaration, definition = _editable(tx, declaration_id)
    if criterion not in definition.standard.by_code:
        raise Refused("score.unknown_criterion", criterion=criterion)
    present = Evidence.objects.filter(declaration=declaration, criterion=criterion, removed_at__isnull=True)
    if present.count() >= EVIDENCE_A_CRITERION:
        raise Refused("evidence.too_many", most=EVIDENCE_A_CRITERION)
    stored = store(content, name)
    evidence = Evidence.objects.create(
        declaration=declaration,
        criterion=criterion,
        name=Path(name).name[:120],
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        added_by_id=tx.by.office,
        added_at=tx.at,
    )
    Declaration.objects.filter(pk=declaration.pk).update(revision=F("revision") + 1)
    return {
        "evidence": evidence.pk,
        "sha256": stored.sha256,
        "size": stored.size,
        "media_type": stored.media_type,
    }


def remove_evidence(evidence_id: int, *, by: Actor, key: UUID | None = None) -> Told:
    """Take a file off its criterion; the row stays, marked. Returns {"evidence", "revision"}."""
    return run(
        lambda tx: _remove(tx, evidence_id), name="remove_evidence", by=by, key=key, request=evidence_id
    )


def _remove(tx: Transaction, evidence_id: int) -> Told:
    evidence = Evidence.objects.filter(pk=evidence_id, removed_at__isnull=True).first()
    if evidence is None:
        raise Refused("evidence.not_found", evidence=evidence_id)
    declaration, _ = _editable(tx, evidence.declaration_id)
    evidence.removed_at = tx.at
    evidence.save(update_fields=["removed_at"])
    Declaration.objects.filter(pk=declaration.pk).update(revision=F("revision") + 1)
    return {"evidence": evidence_id, "revision": declaration.revision + 1}
