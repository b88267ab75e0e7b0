"""Files that a notice publishes: read through when they are handed in, answered for where that is not possible."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Max

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome, advance
from services.workflow.commands.files import ATTACHED, Stored, keep, store
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.masking import masked_text
from services.workflow.domain.refused import Refused
from services.workflow.models import Notice, NoticeFile
from services.workflow.queries.rights import visible_to
from services.workflow.scanning.cleaning import NotCleaned, cleaned
from services.workflow.scanning.reading import Unread, Why
from services.workflow.scanning.scan import scan

FILES_MOST = 20
NAME_LIMIT = 120
DIGITS_SHOWN = 12


def attach(  # a file, whose it is and who hands it in
    notice_id: int, *, name: str, content: bytes, by: Actor, key: UUID | None, version: int | None = None
) -> Answer:
    """Hand in a file for a notice that is still a draft: all of it is read, and a copy without metadata is made.

    What was found keeps the notice from going out; it is answered, not refused, so that it can be looked at.
    Returns {"file", "position", "notice", "version", "found", "unread"}.
    Refused: notice.files_most, file.*, step.*, overtaken.
    """
    stored = store(content, name, ATTACHED)
    findings, copy = _read(content)
    told = {"name": masked_text(Path(name).name)[-NAME_LIMIT:], "findings": findings}
    return run(
        lambda tx: _attach(tx, Move(notice_id, version), stored, copy, told),
        name="attach",
        by=by,
        key=key,
        request=[notice_id, version, name, stored.sha256],
    )


def _read(content: bytes) -> tuple[dict[str, Any], bytes]:
    """The findings, and the copy for the public; of what cannot be cleaned it is the file as it came."""
    findings = scan(content).stored()
    try:
        return findings, cleaned(content)
    except NotCleaned:
        if not findings["unread"]:
            findings["unread"] = [asdict(Unread("", Why.BROKEN))]
        return findings, content


def _attach(tx: Transaction, move: Move, stored: Stored, copy: bytes, told: dict[str, Any]) -> Answer:
    row = advance(tx, Notice, [move], "attach").only()
    own = NoticeFile.objects.filter(notice=row)
    if own.filter(removed_at__isnull=True).count() >= FILES_MOST:
        raise Refused("notice.files_most", most=FILES_MOST)
    position = (own.aggregate(last=Max("position"))["last"] or 0) + 1
    file = NoticeFile.objects.create(
        notice=row,
        position=position,
        name=told["name"],
        media_type=stored.media_type,
        sha256=stored.sha256,
        size=stored.size,
        public_sha256=keep(copy),
        public_size=len(copy),
        findings=told["findings"],
        added_by_id=tx.by.office,
        added_at=tx.at,
    )
    findings = told["findings"]
    return {
        "file": file.pk, "position": position, "notice": row.pk, "version": row.version,
        "found": findings["found"], "unread": findings["unread"],
    }  # fmt: skip


def attach_nothing(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """A file is not a field of a step: it is handed in as one, at an address of its own."""
    raise Refused("file.empty")


def detach(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Leave a file out again; that it was there is kept. Field: file (its position)."""
    file = _as_seen(tx, moves, lambda: _file(moves, given))
    outcome = advance(tx, Notice, moves, "detach", reason=_about(file, reason))
    if outcome.moved:
        NoticeFile.objects.filter(pk=file.pk).update(removed_at=tx.at)
    return outcome


def vouch(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Answer by name for what could not be read of a file. Field: file (its position).

    For a number that was found nobody can answer. Refused: notice.nothing_unread, notice.personal_number.
    """
    file = _as_seen(tx, moves, lambda: _unread(moves, given))
    outcome = advance(tx, Notice, moves, "vouch", reason=_about(file, reason))
    if outcome.moved:
        NoticeFile.objects.filter(pk=file.pk).update(
            vouched_by=tx.by.office, vouched_at=tx.at, vouched_reason=reason
        )
    return outcome


def _as_seen(tx: Transaction, moves: Sequence[Move], look: Callable[[], NoticeFile]) -> NoticeFile:
    """The file of a step. Where it is refused and the notice is no longer as it was seen, that is what is told.

    The version is read after the file: whoever changed the file raised it in the same transaction.
    """
    try:
        return look()
    except Refused as refusal:
        for move in moves:
            row = visible_to(tx.by, Notice).filter(pk=move.case).first()
            if row is not None and move.version not in {None, row.version}:
                raise Refused("overtaken", case=row.pk, version=row.version, place=row.place) from refusal
        raise


def _unread(moves: Sequence[Move], given: f.Fields) -> NoticeFile:
    """A file of which something could not be read, and for which nobody answers yet."""
    file = _file(moves, given)
    if file.findings["found"]:
        first = file.findings["found"][0]
        raise Refused(
            "notice.personal_number", where=f"file:{file.position}", part=first["path"], what=first["kind"],
            masked=first["masked"], count=file.findings["count"],
        )  # fmt: skip
    if not file.findings["unread"] or file.vouched_by_id is not None:
        raise Refused("notice.nothing_unread", name=file.name)
    return file


def _file(moves: Sequence[Move], given: f.Fields) -> NoticeFile:
    position = f.whole(given, "file", least=1)
    file = NoticeFile.objects.filter(
        notice__in=[move.case for move in moves], position=position, removed_at__isnull=True
    ).first()
    if len(moves) != 1 or file is None:
        raise Refused("notice.file_not_found", position=position)
    return file


def _about(file: NoticeFile, reason: str) -> str:
    """The ledger keeps which file it was: its name and the beginning of its sha256."""
    return f"{file.name}（{file.sha256[:DIGITS_SHOWN]}） {reason}".strip()
