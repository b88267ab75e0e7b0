"""A version of a programme in the making: begun, written in part by part, published by a second person."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from services.workflow.commands import fields as f
from services.workflow.commands.programmes import publish
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.definition_codec import content_hash
from services.workflow.domain.programme import Definition
from services.workflow.domain.refused import Refused
from services.workflow.domain.spelling import initials
from services.workflow.models import Programme, ProgrammeDraft, ProgrammeVersion, Unit
from services.workflow.queries.drafts import HOSTS, check, unit_codes
from services.workflow.queries.rights import visible_to

PARTS = frozenset(Definition.__dataclass_fields__)
CODE_LENGTH = 16
VALUES_MOST = 20_000
TEXT_MOST = 20_000
DEPTH_MOST = 12


def begin_draft(
    *, name: str = "", values: Mapping[str, Any] | None = None, programme: int | None = None,
    by: Actor, key: UUID | None,
) -> Answer:  # fmt: skip
    """Begin a version: of a new programme by its name or by whole values, or the next one of a programme.

    A new programme begins with its first and last leg and its host filled in. Returns {"draft", "revision"}.
    Refused: step.not_yours, draft.exists, programme.withdrawn, field.*.
    """
    request = {"name": name, "values": values, "programme": programme}
    return run(
        lambda tx: _begin(tx, name, values, programme), name="begin_draft", by=by, key=key, request=request
    )


def _begin(tx: Transaction, name: str, values: Mapping[str, Any] | None, programme_id: int | None) -> Answer:
    if tx.by.role not in HOSTS or tx.by.unit_id is None:
        raise Refused("step.not_yours", step="begin_draft")
    programme = _own_programme(tx, programme_id) if programme_id is not None else None
    if values is not None:
        given = _plain(dict(values))
    elif programme is not None:
        newest = ProgrammeVersion.objects.filter(programme=programme).order_by("-number")
        given = dict(newest.values_list("definition", flat=True)[0])
    else:
        given = _empty(tx.by, f.text({"name": name}, "name", limit=200))
    given = _with_units(given)
    try:
        draft = ProgrammeDraft.objects.create(
            programme=programme,
            unit_id=tx.by.unit_id,
            role=str(tx.by.role),
            definition=given,
            editors=[tx.by.member_id],
            saved_by_id=tx.by.office,
            saved_at=tx.at,
        )
    except IntegrityError as error:
        if "programme" in str(error):
            raise Refused("draft.exists") from error
        raise
    return {"draft": draft.pk, "revision": 0}


def _own_programme(tx: Transaction, programme_id: int) -> Programme:
    """The programme, where it is this body's to change."""
    programme: Programme | None = visible_to(tx.by, Programme).filter(pk=programme_id).first()
    if programme is None:
        raise Refused("case.not_found", case=programme_id)
    if programme.host_id != tx.by.unit_id:
        raise Refused("step.not_yours", step="begin_draft")
    if programme.status == "withdrawn":
        raise Refused("programme.withdrawn")
    if ProgrammeDraft.objects.filter(programme=programme).exists():
        raise Refused("draft.exists")
    return programme


def _empty(by: Actor, name: str) -> dict[str, Any]:
    """What every programme has, whatever it is for: a host, a first and a last leg."""
    host = {"role": str(by.role), "unit": by.unit_code}
    unit = Unit.objects.get(pk=by.unit_id or 0)
    scope = unit.district or unit.parent or unit
    return {
        "code": _code(name),
        "name": name,
        "title": "",
        "scope": scope.code,
        "host": host,
        "units": [
            {"code": one.code, "name": one.name, "kind": str(one.kind)}
            for one in dict.fromkeys((scope, unit))
        ],
        "legs": [
            _leg("declare", "自我申报", "draft", {"role": "declarant", "unit": "subject"}),
            _leg("naming", "命名表彰", "naming", host),
        ],
        "standard": {"total": "100", "indicators": []},
        "supervision": {"rereview_every_years": 2, "rereview_body": host, "revocation_proposer": host},
    }


def _leg(key: str, name: str, stage: str, body: dict[str, str]) -> dict[str, Any]:
    return {"key": key, "name": name, "stage": stage, "mode": "single", "body": body}


def _code(name: str) -> str:
    """A code nobody has to think up: the first letters of the name's pinyin, with a number where it is taken."""
    kept = "".join(mark for mark in initials(name) if mark.isascii() and mark.isalnum())
    base = kept[: CODE_LENGTH - 4] or "programme"
    taken = set(Programme.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for n in range(1, 1000) if (code := base if n == 1 else f"{base}-{n}") not in taken)


def save_draft(
    draft_id: int, parts: Mapping[str, Any], *, revision: int, by: Actor, key: UUID | None = None
) -> Answer:
    """Save some parts of a draft (a part of None is taken out); the others stay as they are.

    `revision` is what the caller saw: where one of these parts was saved since, nothing is kept. Faulty values are
    kept all the same, checking tells of them. Returns {"draft", "revision", "saved_at"}.
    Refused: overtaken, draft.not_found, draft.unknown_part, field.*.
    """
    request = {"draft": draft_id, "parts": dict(parts), "revision": revision}
    return run(
        lambda tx: _save(tx, draft_id, parts, revision), name="save_draft", by=by, key=key, request=request
    )


def _save(tx: Transaction, draft_id: int, parts: Mapping[str, Any], revision: int) -> Answer:
    draft = _held(tx, draft_id)
    if unknown := sorted(set(parts) - PARTS):
        raise Refused("draft.unknown_part", part=unknown[0])
    for part in parts:
        if int(draft.touched.get(part, 0)) > revision:
            raise Refused("overtaken", draft=draft.pk, revision=draft.revision, part=part)
    if draft.programme is not None and parts.get("code", draft.programme.code) != draft.programme.code:
        raise Refused("draft.code_is_fixed", kept=draft.programme.code)
    draft.definition = {
        name: value
        for name, value in {**draft.definition, **_plain(dict(parts))}.items()
        if value is not None
    }
    draft.definition = _with_units(draft.definition)
    draft.revision += 1
    draft.touched = {**draft.touched, **dict.fromkeys(parts, draft.revision)}
    draft.editors = sorted({*draft.editors, tx.by.member_id or 0})
    draft.saved_by_id, draft.saved_at = tx.by.office, tx.at
    draft.save()
    return {"draft": draft.pk, "revision": draft.revision, "saved_at": tx.at.isoformat()}


def _held(tx: Transaction, draft_id: int) -> ProgrammeDraft:
    """This body's draft, locked."""
    rows = visible_to(tx.by, ProgrammeDraft).select_related("programme").select_for_update(of=("self",))
    draft: ProgrammeDraft | None = rows.filter(pk=draft_id).first()
    if draft is None:
        raise Refused("draft.not_found", draft=draft_id)
    return draft


def _with_units(values: dict[str, Any]) -> dict[str, Any]:
    """The units that other parts name, added to the list of those that the programme refers to."""
    listed = values.get("units")
    rows = [row for row in listed if isinstance(row, Mapping)] if isinstance(listed, list) else []
    missing = unit_codes(values) - {str(row.get("code", "")) for row in rows}
    found = Unit.objects.filter(code__in=missing).order_by("pk")
    added = [{"code": unit.code, "name": unit.name, "kind": str(unit.kind)} for unit in found]
    return {**values, "units": [*rows, *added]} if added else values


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values that JSON can hold and a page can show, within bounds."""
    count = 0

    def walk(value: Any, depth: int) -> Any:
        nonlocal count
        count += 1
        if count > VALUES_MOST or depth > DEPTH_MOST:
            raise Refused("draft.too_large", most=VALUES_MOST)
        if isinstance(value, Mapping):
            return {str(name)[:80]: walk(part, depth + 1) for name, part in value.items()}
        if isinstance(value, list | tuple):
            return [walk(part, depth + 1) for part in value]
        if value is None or isinstance(value, bool | int):
            return value
        text = str(value).replace("\x00", "")
        if len(text) > TEXT_MOST:
            raise Refused("field.too_long", field="text", limit=TEXT_MOST)
        return text

    kept: dict[str, Any] = walk(values, 0)
    return kept


def discard_draft(draft_id: int, *, by: Actor, key: UUID | None) -> Answer:
    """Throw a draft away; what was published before stays. Returns {"draft"}. Refused: draft.not_found."""

    def work(tx: Transaction) -> Answer:
        _held(tx, draft_id).delete()
        return {"draft": draft_id}

    return run(work, name="discard_draft", by=by, key=key, request=draft_id)


def publish_draft(draft_id: int, *, revision: int, by: Actor, key: UUID | None) -> Answer:
    """Freeze a draft as the programme's next version and close it; whoever wrote in it leaves this to a colleague.

    Returns what publish_version returns. Refused: overtaken, programme.faulty (with every fault), programme.unsound,
    draft.own_work, draft.hosted_elsewhere, draft.code_taken, unit.not_found, programme.withdrawn.
    """
    return run(
        lambda tx: _publish(tx, draft_id, revision),
        name="publish_draft",
        by=by,
        key=key,
        request=[draft_id, revision],
    )


def _publish(tx: Transaction, draft_id: int, revision: int) -> Answer:
    draft = _held(tx, draft_id)
    if draft.revision != revision:
        raise Refused("overtaken", draft=draft.pk, revision=draft.revision)
    checked = check(draft.definition)
    if checked.faults:
        raise Refused("programme.faulty", faults=checked.located)
    definition = checked.definition
    if (definition.host.role, definition.host.unit) != (tx.by.role, tx.by.unit_code):
        raise Refused("draft.hosted_elsewhere")
    if draft.programme is None and Programme.objects.filter(code=definition.code).exists():
        raise Refused("draft.code_taken", taken=definition.code)
    if tx.by.member_id in draft.editors:
        raise Refused("draft.own_work")
    published = publish(tx, definition, content_hash(definition))
    draft.delete()
    return published
