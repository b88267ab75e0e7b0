"""The record of a case: its ledger with the people in words, and all that its hashes are made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.workflow.domain.actor import Actor, Seat
from services.workflow.domain.entry_hash import entry_hash, microseconds, reason_digest
from services.workflow.domain.stages import Kind, Role
from services.workflow.domain.topics import SEALED_STEPS
from services.workflow.models import (
    Declaration,
    Honour,
    LedgerEntry,
    LedgerText,
    Notice,
    Objection,
    Programme,
    Rectification,
)

CASES: dict[Kind, type[Any]] = {
    Kind.DECLARATION: Declaration,
    Kind.HONOUR: Honour,
    Kind.OBJECTION: Objection,
    Kind.RECTIFICATION: Rectification,
    Kind.PROGRAMME: Programme,
    Kind.NOTICE: Notice,
}


@dataclass(frozen=True)
class Entry:
    """One step as it was taken. `reason` and `salt` are None where no text was given, or it was erased."""

    case: int
    seq: int
    source: str
    target: str
    leg: int | None
    step: str
    actor: int | None
    actor_name: str
    office: int | None
    office_name: str
    unit: str
    role: str
    at: datetime
    at_us: int
    reason: str | None
    salt: str | None
    reason_digest: str
    previous: str
    hash: str
    for_name: str = ""


def history_of(case: Any, *, after: int = 0, limit: int | None = None) -> list[Entry]:
    """Entries of a case in their order, those after a seq, up to the version the row was read at; one statement."""
    rows = LedgerEntry.objects.filter(case_id=case.pk, seq__gt=after, seq__lte=case.version).select_related(
        "actor", "office__unit", "reason"
    )
    return [_entry(row) for row in rows.order_by("seq")[:limit]]


def is_sealed(case: Any, entry: Entry, actor: Actor) -> bool:
    """Whether an entry's moment is kept from this actor: that somebody objected is for those who read objections."""
    if case.KIND != Kind.DECLARATION or entry.step not in SEALED_STEPS or actor.is_system:
        return False
    host = Seat(case.office_role, case.office_unit_id).is_held_by(actor)
    return not (host or (actor.role in {Role.OFFICE, Role.COMMITTEE} and actor.town_id is None))


def last_entry(case_id: int) -> Entry | None:
    """The newest step of a case, however new."""
    rows = LedgerEntry.objects.filter(case_id=case_id).select_related("actor", "office__unit", "reason")
    row = rows.order_by("-seq").first()
    return _entry(row) if row else None


def _entry(row: LedgerEntry) -> Entry:
    text = getattr(row, "reason", None)
    return Entry(
        case=row.case_id,
        seq=row.seq,
        source=row.source,
        target=row.target,
        leg=row.leg,
        step=row.step,
        actor=row.actor_id,
        actor_name=row.actor.name if row.actor else "",
        office=row.office_id,
        office_name=row.office.name if row.office else "",
        unit=row.office.unit.name if row.office else "",
        role=row.office.role if row.office else "",
        at=row.at,
        at_us=microseconds(row.at),
        reason=text.text if text else None,
        salt=text.salt if text else None,
        reason_digest=row.reason_digest,
        previous=row.previous,
        hash=row.hash,
        # A deputy acts in an office that is another's.
        for_name=row.office.name if row.office and row.office.member_id != row.actor_id else "",
    )


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a ledger: gap, source, previous, hash, reason, no_case, no_entry, or row."""

    case: int
    seq: int
    what: str


@dataclass(frozen=True)
class Verified:
    cases: int
    entries: int
    flaws: tuple[Flaw, ...]


COLUMNS = (
    "case_id", "seq", "source", "target", "leg", "step", "actor_id", "office_id", "at", "reason_digest", "previous",
    "hash", "kind",
)  # fmt: skip
CHUNK = 5_000


def verify_ledgers() -> Verified:
    """Recompute every chain, and compare each case's row with its last entry. Run it in one snapshot."""
    flaws: list[Flaw] = []
    heads: dict[int, tuple[Any, ...]] = {}
    entries = 0
    rows = LedgerEntry.objects.order_by("case_id", "seq").values_list(*COLUMNS)
    last: tuple[Any, ...] | None = None
    for row in rows.iterator(chunk_size=CHUNK):
        entries += 1
        before = last if last is not None and last[0] == row[0] else None
        flaws.extend(_flaws_of(row, before))
        heads[row[0]] = last = row
    flaws.extend(_texts())
    flaws.extend(_rows_against(heads))
    return Verified(len(heads), entries, tuple(sorted(flaws, key=lambda f: (f.case, f.seq, f.what))))


def _flaws_of(row: Sequence[Any], before: Sequence[Any] | None) -> Iterator[Flaw]:
    case, seq, source, target, leg, step, actor, office, at, reason, previous, text, _ = row
    if seq != (before[1] + 1 if before else 1):
        yield Flaw(case, seq, "gap")
    if source != (before[3] if before else ""):
        yield Flaw(case, seq, "source")
    if previous != (before[11] if before else ""):
        yield Flaw(case, seq, "previous")
    computed = entry_hash(
        case=case, seq=seq, source=source, target=target, leg=leg, step=step, actor=actor, office=office, at=at,
        reason=reason, previous=previous,
    )  # fmt: skip
    if computed != text:
        yield Flaw(case, seq, "hash")


def _texts() -> Iterator[Flaw]:
    """Texts that do not fit the digest in their entry; an erased one is no flaw."""
    rows = LedgerText.objects.values_list(
        "text", "salt", "entry__reason_digest", "entry__case_id", "entry__seq"
    )
    for text, salt, digest, case, seq in rows.iterator(chunk_size=CHUNK):
        if reason_digest(text, salt) != digest:
            yield Flaw(case, seq, "reason")


def _rows_against(heads: dict[int, tuple[Any, ...]]) -> Iterator[Flaw]:
    left = dict(heads)
    for kind, model in CASES.items():
        rows = model._default_manager.values_list("pk", "version", model.FIELD, "leg")
        for pk, version, place, leg in rows.iterator(chunk_size=CHUNK):
            head = left.pop(pk, None)
            if head is None:
                yield Flaw(pk, version, "no_entry")
            elif (head[1], head[3], head[4], head[12]) != (version, place, leg, str(kind)):
                yield Flaw(pk, head[1], "row")
    for case, head in left.items():
        yield Flaw(case, head[1], "no_case")
