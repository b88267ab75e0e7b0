"""The log's one writer: what was published is read from the feed, in its order, and becomes leaves without a gap.

Steps are taken at once and by many; here they are put into a row, a moment later, by whoever holds the place in the
feed. Place, leaves, nodes and checkpoint are written in one transaction: a worker killed anywhere leaves all or none.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.utils import OperationalError
from psycopg import errors

from services.workflow.commands.log_keys import note_of
from services.workflow.domain import merkle
from services.workflow.domain.checkpoint import Checkpoint
from services.workflow.domain.entry_hash import microseconds
from services.workflow.domain.log_entry import (
    LEDGER_HEAD,
    NOTICE_STEPS,
    RENAMED,
    TAKE_DOWN,
    LogEntry,
    body_text,
    entry_of,
)
from services.workflow.domain.stages import Kind
from services.workflow.domain.tree_numbers import number_of
from services.workflow.models import DocumentFile, FeedPlace, Honour, LogBody, LogCheckpoint, LogLeaf, LogNode
from services.workflow.queries import transparency as log
from services.workflow.queries.clock import now
from services.workflow.queries.published import (
    document_published,
    honours_published,
    notice_subject,
    notices_published,
    project_steps,
    projects_published,
)

PLACE, HEAD_PLACE = "log", "log_head"
BATCH = 1_000
LOST: tuple[Any, dict[str, object]] = (None, {})  # a row that is gone, as no step of ours leaves one
SALT_BYTES = 16
Papers = dict[tuple[int, str | None], list[DocumentFile]]


class LogSpoiled(Exception):
    """The log does not fit its own tree or the settings; nothing more is written into it."""


@dataclass(frozen=True)
class Written:
    """One leaf to be: its entry, its body, and the event that it tells of."""

    entry: LogEntry
    body: bytes = b""
    event: int | None = None


def append_published(*, most: int = BATCH) -> int:
    """Bring the log up to date by at most so many rows of the feed; how many were read.

    1. Take the place, or leave it to the worker that has it.
    2. Read what happened below the snapshot horizon, and how what was published reads now, in one snapshot.
    3. Append; after anything public, or after LOG_HEAD_S seconds whatever happened, the head of all ledgers too.
    """
    try:
        with transaction.atomic():
            if not connection.savepoint_ids:  # a snapshot is chosen by the outermost transaction
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            place = FeedPlace.objects.select_for_update(skip_locked=True).filter(name=PLACE).first()
            return 0 if place is None else _append(place, most)
    except OperationalError as error:
        if isinstance(error.__cause__, errors.SerializationFailure):
            return 0  # another worker was faster; what is left waits for the next ring
        raise


def _append(place: FeedPlace, most: int) -> int:
    at, before = now(), (place.xid, place.number)
    if log.is_of_another_history(place.xid):
        before = (0, 0)  # restored: all is read again, and what has its leaf is passed over
    happened = log.happened_after(*before, most=most)
    papers = _papers([event.case or 0 for event in happened if event.kind == Kind.HONOUR])
    happened = happened[: _first_unmade(happened, papers)]
    through = (happened[-1].xid, happened[-1].number) if happened else before
    leaves = list(_leaves(happened, papers))
    if leaves or _head_is_due(at):
        leaves.append(_head(through, at))
        _write(leaves, at)
    if through != (place.xid, place.number):
        place.xid, place.number = through
        place.save(update_fields=["xid", "number"])
    return len(happened)


def _first_unmade(happened: Sequence[log.Happened], papers: Papers) -> int:
    """The first event whose decision has no file yet: the log waits for it, the file's digest belongs to the entry."""
    for at, event in enumerate(happened):
        if any(not paper.sha256 for paper in papers.get((event.case or 0, event.step), ())):
            return at
    return len(happened)


def _head_is_due(at: datetime) -> bool:
    """By the clock alone, so that a head says nothing of what happened, or whether anything did."""
    count, last = log.last_head()
    return not count or microseconds(at) - last >= settings.LOG_HEAD_S * 1_000_000


def _head(through: tuple[int, int], at: datetime) -> Written:
    """How far the ledgers go, as a digest: what is cut off later is missed."""
    count, _ = log.last_head()
    place = FeedPlace.objects.get(name=HEAD_PLACE)
    after = (place.xid, place.number)
    if through < after:
        after = through
    body = log.ledger_span(after, through).body(_salt())
    place.xid, place.number = through
    place.save(update_fields=["xid", "number"])
    return Written(entry_of("ledger", log.HEADS, LEDGER_HEAD, seq=count + 1, at=at, body=body), body)


def _salt() -> str:
    return secrets.token_hex(SALT_BYTES)


def _leaves(happened: Sequence[log.Happened], papers: Papers) -> Iterator[Written]:
    """Leaves of what was published, decisions before the honours that rest on them."""
    renamed = {event.number: _renamed(event) for event in happened if event.type == RENAMED}
    projects = [event.case or 0 for event in happened if event.kind == Kind.PROGRAMME]
    project_shown = project_steps(projects) if projects else {}
    told = [event for event in happened if _is_told(event, project_shown)]
    new = {event.number for event in told} - _known(told)
    notices = notices_published([event.case or 0 for event in told if event.kind == Kind.NOTICE])
    ids = {event.case or 0 for event in told if event.kind == Kind.HONOUR}
    honours = honours_published(sorted(ids.union(*renamed.values())))
    programmes = projects_published(projects)
    for event in happened:
        for pk in renamed.get(event.number, ()):
            yield _rename(event, *honours[pk])
        if event.number not in new:
            continue
        if event.kind == Kind.NOTICE:
            row, said = notices.get(event.case or 0, LOST)
            subject = notice_subject(row) if row else f"notices/{event.case}"
            yield _step(event, row, said, subject, gone=event.step == TAKE_DOWN)
            continue
        if event.kind == Kind.PROGRAMME:
            row, said = programmes.get(event.case or 0, LOST)
            gone = not project_shown[event.case or 0, event.seq or 0]
            yield _step(event, row, said, f"project-notices/{event.case}", gone=gone)
            continue
        for paper in papers.get((event.case or 0, event.step), ()):
            yield _paper(paper)
        row, said = honours.get(event.case or 0, LOST)
        yield _step(event, row, said, f"honours/{row.number if row else event.case}")


def _is_told(event: log.Happened, project_shown: dict[tuple[int, int], bool]) -> bool:
    """Whether after this event something reads otherwise to the public."""
    if event.kind == Kind.NOTICE:
        return event.step in NOTICE_STEPS
    if event.kind == Kind.PROGRAMME:
        return (event.case or 0, event.seq or 0) in project_shown
    return event.kind == Kind.HONOUR


def _known(told: Sequence[log.Happened]) -> set[int]:
    """Events that have their leaf: after a restore the feed may be read again."""
    rows = LogLeaf.objects.filter(event__in=[event.number for event in told])
    return {event for event in rows.values_list("event", flat=True) if event is not None}


def _step(
    event: log.Happened, row: Any, said: dict[str, object], subject: str, *, gone: bool = False
) -> Written:
    """A step with what the public then read: nothing where it is gone; where another step has come since, that one's
    leaf will tell it.
    """
    assert event.step is not None and event.seq is not None
    reads = row is not None and row.version == event.seq and not gone
    body = body_text(said, _salt()) if reads else b""
    entry = entry_of(
        str(event.kind), subject, event.step, seq=event.seq, at=event.at, ledger=event.hash or "", body=body
    )
    return Written(entry, body, event.number)


def _rename(event: log.Happened, row: Any, said: dict[str, object]) -> Written:
    body = body_text(said, _salt())
    entry = entry_of("honour", f"honours/{row.number}", "rename", seq=row.version, at=event.at, body=body)
    return Written(entry, body)


def _renamed(event: log.Happened) -> list[int]:
    """The honours that read otherwise since a unit has another name."""
    units = [int(topic.partition(":")[2]) for topic in event.topics if topic.startswith("unit:")]
    holders = Honour.objects.filter(unit__in=units) | Honour.objects.filter(unit__town__in=units)
    return sorted((holders | Honour.objects.filter(unit__parent__in=units)).values_list("pk", flat=True))


def _papers(honour_ids: Sequence[int]) -> Papers:
    """{(honour, step): decisions not yet in the log}; a resolution comes with the first honour that rests on it."""
    by_resolution: dict[int, int] = {}
    rows = Honour.objects.filter(pk__in=honour_ids, resolution__isnull=False).order_by("pk")
    for resolution, honour in rows.values_list("resolution_id", "pk"):
        by_resolution.setdefault(int(resolution or 0), honour)
    revocations = DocumentFile.objects.filter(kind="revocation", case_id__in=honour_ids)
    papers = sorted([*DocumentFile.objects.filter(pk__in=by_resolution), *revocations], key=_number)
    subjects = [f"documents/{paper.pk}" for paper in papers]
    logged = set(LogLeaf.objects.filter(subject__in=subjects).values_list("subject", flat=True))
    found: Papers = {}
    for subject, paper in zip(subjects, papers, strict=True):
        if subject not in logged:
            revoked = paper.kind == "revocation"
            case = paper.case_id if revoked else by_resolution[paper.pk]
            found.setdefault((case or 0, "revoke" if revoked else "create"), []).append(paper)
    return found


def _number(paper: DocumentFile) -> int:
    return paper.pk


def _paper(paper: DocumentFile) -> Written:
    body = body_text(document_published(paper), _salt())
    subject = f"documents/{paper.pk}"
    return Written(entry_of("document", subject, "issue", seq=0, at=paper.at, body=body), body)


def _write(leaves: Sequence[Written], at: datetime) -> None:
    """Leaves, nodes and the signed checkpoint; the edge of the tree must be there and be of this log's hash."""
    size = log.size_of_log()
    digest = log.digest()
    edge = log.nodes_at(merkle.nodes_of((0, size)))
    if len(edge) != len(merkle.nodes_of((0, size))):
        raise LogSpoiled("a node of the log's tree is missing")
    _check_first(digest)
    rows = [
        LogLeaf(index=index, subject=leaf.entry.subject, event=leaf.event, entry=leaf.entry.leaf.decode())
        for index, leaf in enumerate(leaves, start=size)
    ]
    LogLeaf.objects.bulk_create(rows, batch_size=BATCH)
    bodies = [
        LogBody(leaf=row, text=leaf.body.decode())
        for row, leaf in zip(rows, leaves, strict=True)
        if leaf.body
    ]
    LogBody.objects.bulk_create(bodies, batch_size=BATCH)
    hashes = [merkle.leaf_hash(leaf.entry.leaf, digest) for leaf in leaves]
    nodes = dict(merkle.grown(size, edge, hashes, digest))
    LogNode.objects.bulk_create(
        (LogNode(number=number_of(node), hash=value) for node, value in nodes.items()), batch_size=BATCH
    )
    whole = size + len(leaves)
    root = merkle.root_of((0, whole), {**edge, **nodes}, digest)
    extension = () if settings.LOG_HASH == "sha256" else (f"hash {settings.LOG_HASH}",)
    note = note_of(Checkpoint(settings.LOG_ORIGIN, whole, root, extension))
    LogCheckpoint.objects.create(size=whole, note=note, at=at)


def _check_first(digest: merkle.Hash) -> None:
    """A log keeps the hash that it began with."""
    first = LogLeaf.objects.filter(index=0).first()
    if first is None:
        return
    kept = log.nodes_at([(0, 0)])[0, 0]
    if merkle.leaf_hash(first.entry.encode(), digest) != kept:
        raise LogSpoiled(
            "the log's first entry does not fit its tree; LOG_HASH must stay what it was at the start"
        )
