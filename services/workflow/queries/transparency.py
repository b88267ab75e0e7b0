"""The transparency log: what is to be written into it, its tree, its proofs, and what of it anybody may read."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from services.workflow.domain import merkle
from services.workflow.domain.log_entry import body_text
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import NoticeStatus
from services.workflow.domain.tree_numbers import node_of, number_of
from services.workflow.models import LogBody, LogCheckpoint, LogLeaf, LogNode, Notice
from services.workflow.queries.drafts import project_notices
from services.workflow.queries.published import notice_subject

HEADS = "log/ledger"
PROJECT_NOTICES = "project-notices/"
READ = """
SELECT f.xid::text, f.id, f.at, f.type, f.topics, f.kind, f.case_id, f.seq, l.step, l.hash
  FROM feed f LEFT JOIN ledger l ON l.id = f.id AND f.seq IS NOT NULL
 WHERE (f.xid, f.id) > (%s::xid8, %s) AND f.xid < pg_snapshot_xmin(pg_current_snapshot())
 ORDER BY f.xid, f.id LIMIT %s
"""
# `most` keeps to the entries there were then: a restored database counts its transactions anew, and may come to
# these numbers again.
SPAN = """
SELECT count(*), encode(sha256(convert_to(coalesce(string_agg(hash, '' ORDER BY xid, id), ''), 'UTF8')), 'hex'),
       coalesce(max(id), 0)
  FROM ledger WHERE (xid, id) > (%s::xid8, %s) AND (xid, id) <= (%s::xid8, %s) AND (%s::bigint IS NULL OR id <= %s)
"""
PUBLIC = frozenset({str(NoticeStatus.RELEASED), str(NoticeStatus.SUSPENDED), str(NoticeStatus.CLOSED)})


@dataclass(frozen=True)
class Happened:
    """One row of the feed as the log reads it; `hash` is that of the ledger's entry."""

    xid: int
    number: int
    at: datetime
    type: str
    topics: tuple[str, ...]
    kind: str | None
    case: int | None
    seq: int | None
    step: str | None
    hash: str | None


def happened_after(xid: int, number: int, *, most: int) -> list[Happened]:
    """What follows a place in the feed, in its one order; nothing can appear before what is read here."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [str(xid), number, most])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return [_happened(*row) for row in rows]


def _happened(xid: str, number: int, at: datetime, kind: str, topics: list[str], *rest: Any) -> Happened:
    return Happened(int(xid), number, at, kind, tuple(topics), *rest)


def is_of_another_history(xid: int) -> bool:
    """Whether this transaction cannot have been here: a restored database counts its transactions anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::xid8 >= pg_snapshot_xmax(pg_current_snapshot())", [str(xid)])
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True)
class LedgerSpan:
    """The entries of all ledgers after one place in the feed up to another: how many, and a hash of their hashes."""

    after: tuple[int, int]
    through: tuple[int, int]
    most: int
    entries: int
    hash: str

    def body(self, salt: str) -> bytes:
        """What the log keeps to itself of a head: counts and places would tell of what is not public."""
        told: dict[str, object] = {
            "after": _place(self.after),
            "entries": self.entries,
            "hash": self.hash,
            "most": self.most,
            "through": _place(self.through),
        }
        return body_text(told, salt)


def ledger_span(after: tuple[int, int], through: tuple[int, int], most: int | None = None) -> LedgerSpan:
    """The span as the ledger holds it now; with `most`, of the entries numbered up to it."""
    with connection.cursor() as cursor:
        cursor.execute(SPAN, [str(after[0]), after[1], str(through[0]), through[1], most, most])
        entries, digest, highest = cursor.fetchone()
    return LedgerSpan(after, through, highest if most is None else most, entries, digest)


def span_again(body: str) -> bytes:
    """The body of a ledger head, computed anew from the ledger as it stands."""
    told = json.loads(body)
    after, through = (_read_place(told[name]) for name in ("after", "through"))
    return ledger_span(after, through, told["most"]).body(told["salt"])


def _place(place: tuple[int, int]) -> str:
    return f"{place[0]}.{place[1]}"


def _read_place(text: str) -> tuple[int, int]:
    xid, _, number = text.partition(".")
    return int(xid), int(number)


def digest() -> merkle.Hash:
    """The hash of this log's tree."""
    return merkle.hash_named(settings.LOG_HASH)


def size_of_log() -> int:
    """How many leaves there are."""
    last = LogLeaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def nodes_at(nodes: Iterable[merkle.Node]) -> dict[merkle.Node, bytes]:
    """These nodes of the tree, in one statement."""
    numbers = [number_of(node) for node in nodes]
    rows = LogNode.objects.filter(number__in=numbers).values_list("number", "hash")
    return {node_of(number): bytes(value) for number, value in rows}


def span_hashes(spans: Sequence[merkle.Span]) -> list[bytes]:
    """The hashes of these spans of the tree."""
    nodes = nodes_at(node for span in spans for node in merkle.nodes_of(span))
    return [merkle.root_of(span, nodes, digest()) for span in spans]


def last_checkpoint() -> LogCheckpoint:
    """The newest checkpoint. Refused: log.not_begun."""
    found = LogCheckpoint.objects.order_by("-size").first()
    if found is None:
        raise Refused("log.not_begun")
    return found


def inclusion_path(index: int, size: int) -> list[bytes]:
    """The path from a leaf to the root of the tree of `size` leaves. Refused: log.size_unknown, log.not_found."""
    _check_size(size)
    if not 0 <= index < size:
        raise Refused("log.not_found")
    return span_hashes(merkle.inclusion_spans(index, size))


def consistency_path(first: int, second: int) -> list[bytes]:
    """The path that shows that the larger tree begins with the smaller. Refused: log.size_unknown."""
    _check_size(second)
    if not 0 < first <= second:
        raise Refused("log.size_unknown", size=first)
    return span_hashes(merkle.consistency_spans(first, second))


def _check_size(size: int) -> None:
    if not 0 < size <= size_of_log():
        raise Refused("log.size_unknown", size=size)


def leaves_from(start: int, most: int) -> list[LogLeaf]:
    """Leaves in their order, from one on, with what of their bodies anybody may read: `shown` is None or the text."""
    rows = list(LogLeaf.objects.filter(index__gte=start).order_by("index")[:most])
    _show(rows)
    return rows


def newest_leaf(subject: str) -> LogLeaf:
    """The newest entry about one thing. Refused: log.not_found."""
    found = LogLeaf.objects.filter(subject=subject).order_by("-index").first()
    if found is None:
        raise Refused("log.not_found")
    _show([found])
    return found


def _show(leaves: Sequence[Any]) -> None:
    """Put `shown` on each: the body of what is public now. A notice's goes with it, a head's was never told."""
    numbers = {int(leaf.subject.partition("/")[2]) for leaf in leaves if "notices/" in leaf.subject}
    rows = Notice.objects.filter(pk__in=numbers, status__in=PUBLIC)
    public = {notice_subject(row) for row in rows.only("pk", "withheld")}
    public |= {f"{PROJECT_NOTICES}{pk}" for pk in project_notices().values_list("pk", flat=True)}
    asked = [
        leaf.index
        for leaf in leaves
        if leaf.subject in public or leaf.subject.startswith(("honours/", "documents/"))
    ]
    texts = dict(LogBody.objects.filter(leaf__in=asked).values_list("leaf_id", "text"))
    for leaf in leaves:
        leaf.shown = texts.get(leaf.index)


def heads_again(after: int, most: int) -> list[tuple[int, str]]:
    """(index, digest) of ledger heads after a leaf, each digest computed anew from the ledger as it stands now.

    Where they are those of the log's entries, no ledger has lost an entry that was there then. The salt stays with
    us: it would let others find out what is in an entry.
    """
    rows = LogLeaf.objects.filter(subject=HEADS, index__gt=after).select_related("body").order_by("index")
    return [(row.index, _digest_again(getattr(row, "body", None))) for row in rows[:most]]


def spoiled_heads() -> Iterator[int]:
    """The numbers of the ledger heads that the ledgers bear out no more."""
    rows = LogLeaf.objects.filter(subject=HEADS).select_related("body").order_by("index")
    for row in rows.iterator(chunk_size=1_000):
        entry = json.loads(row.entry)
        if _digest_again(getattr(row, "body", None)) != entry["digest"]:
            yield entry["seq"]


def _digest_again(body: LogBody | None) -> str:
    return "" if body is None else hashlib.sha256(span_again(body.text)).hexdigest()


def last_head() -> tuple[int, int]:
    """(how many heads there are, moment of the last in microseconds); zeros before the first."""
    row = LogLeaf.objects.filter(subject=HEADS).order_by("-index").first()
    entry = json.loads(row.entry) if row else {"seq": 0, "at": 0}
    return entry["seq"], entry["at"]
