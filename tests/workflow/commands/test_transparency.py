"""The log's one writer: without a gap, in order, once, whatever happens beside it."""

import datetime as dt
import hashlib
import json
import os
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.http import HttpRequest
from psycopg import sql

from services.workflow.api.application import Renderer
from services.workflow.api.public import honour_row, notice_row, project_row, withheld_row
from services.workflow.api.public_papers import document_row
from services.workflow.api.told import notice_line_told
from services.workflow.api.told_files import public_file_told
from services.workflow.commands import due
from services.workflow.commands.import_units import import_units
from services.workflow.commands.log_keys import ed25519_holds, log_keys
from services.workflow.commands.programmes import publish_version
from services.workflow.commands.transparency import PLACE, LogSpoiled, append_published
from services.workflow.domain import merkle
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.checkpoint import opened
from services.workflow.domain.programme_rules import Admission
from services.workflow.domain.stages import UnitKind
from services.workflow.domain.unit_rows import UnitRow
from services.workflow.jobs.transparency import make_papers, write_log
from services.workflow.models import (
    DocumentFile,
    FeedPlace,
    Honour,
    LedgerEntry,
    LogBody,
    LogCheckpoint,
    LogLeaf,
    LogNode,
    Notice,
    NoticeLine,
)
from services.workflow.queries import transparency as log
from services.workflow.queries.drafts import one_project_notice
from services.workflow.queries.notice_gate import kept_files
from tests.races import at_once
from tests.workflow import cast

SHA256 = merkle.hash_named("sha256")


@pytest.fixture
def d(committed):
    """Each test begins with an empty log, which only the owner can bring about."""
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE log_leaf DISABLE TRIGGER USER; ALTER TABLE log_node DISABLE TRIGGER USER;"
            "ALTER TABLE log_checkpoint DISABLE TRIGGER USER;"
            "TRUNCATE log_leaf, log_body, log_node, log_checkpoint;"
            "ALTER TABLE log_leaf ENABLE TRIGGER USER; ALTER TABLE log_node ENABLE TRIGGER USER;"
            "ALTER TABLE log_checkpoint ENABLE TRIGGER USER"
        )
    FeedPlace.objects.filter(name__startswith=PLACE).update(xid=0, number=0)
    cast.set_clock(cast.NOW)
    make_papers()
    return committed


def entries() -> list[dict[str, Any]]:
    return [json.loads(text) for text in LogLeaf.objects.order_by("index").values_list("entry", flat=True)]


def told(entry: dict[str, Any]) -> str:
    return f"{entry['subject']} {entry['step']}"


def test_everything_published_before_comes_in_the_order_in_which_it_happened(d):
    write_log(timestamp=0)

    closed, running = Notice.objects.get(status="closed"), Notice.objects.get(pk=d.notice)
    honour, paper = d.honour, DocumentFile.objects.get(kind="resolution")
    assert [told(entry) for entry in entries()] == [
        f"notices/{closed.pk} release",
        f"notices/{closed.pk} close",
        f"documents/{paper.pk} issue",
        f"honours/{honour.number} create",
        f"notices/{running.pk} release",
        "log/ledger head",
    ]
    assert [leaf.index for leaf in LogLeaf.objects.order_by("index")] == list(range(6))


def test_a_second_ring_writes_nothing_more(d):
    write_log(timestamp=0)
    before = entries()

    write_log(timestamp=0)

    assert entries() == before


def test_an_entry_carries_the_ledgers_hash_and_the_digest_of_what_the_public_reads(d):
    write_log(timestamp=0)

    leaf = LogLeaf.objects.select_related("body").get(subject=f"notices/{d.notice}")
    ledger = LedgerEntry.objects.get(case_id=d.notice, step="release")
    entry = json.loads(leaf.entry)
    assert (entry["ledger"], entry["seq"], leaf.event) == (ledger.hash, ledger.seq, ledger.pk)
    assert entry["digest"] == hashlib.sha256(leaf.body.text.encode()).hexdigest()


def without_salt(subject: str) -> dict[str, Any]:
    newest = LogBody.objects.filter(leaf__subject=subject).order_by("-leaf")
    body: dict[str, Any] = json.loads(newest[0].text)
    assert len(body.pop("salt")) == 32
    return body


def plain(told: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    """What the API tells under these names, as JSON has it."""
    text = Renderer().render(HttpRequest(), told, response_status=200)
    return {name: value for name, value in json.loads(text).items() if name in names}


def test_what_is_kept_is_what_the_api_tells_member_for_member(d):
    write_log(timestamp=0)
    notice = Notice.objects.select_related("edition__programme").get(pk=d.notice)
    lines = [notice_line_told(line) for line in NoticeLine.objects.filter(notice=notice).order_by("position")]
    files = [public_file_told(file) for file in kept_files([notice.pk])]
    honour, paper = d.honour, DocumentFile.objects.get(kind="resolution")
    shown = {
        f"notices/{notice.pk}": {**notice_row(notice), "text": notice.text, "lines": lines, "files": files},
        f"honours/{honour.number}": honour_row(honour),
        f"documents/{paper.pk}": document_row(paper),
    }

    for subject, told in shown.items():
        kept = without_salt(subject)
        assert kept == plain(told, kept), subject
    assert len(without_salt(f"documents/{paper.pk}")["sha256"]) == 64


def test_every_checkpoint_is_signed_and_has_the_root_of_its_leaves(d):
    while append_published(most=40):
        pass

    key = log_keys()[0]
    leaves = [text.encode() for text in LogLeaf.objects.order_by("index").values_list("entry", flat=True)]
    checkpoints = list(LogCheckpoint.objects.order_by("size"))
    assert len(checkpoints) > 1
    for row in checkpoints:
        found = opened(
            row.note, name=key.name, public=key.public, verify=lambda s, m: ed25519_holds(key.public, s, m)
        )
        assert found is not None and found.size == row.size
        edge = log.nodes_at(merkle.nodes_of((0, row.size)))
        assert merkle.root_of((0, row.size), edge, SHA256) == found.root
        assert naive(leaves[: row.size]) == found.root


def naive(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return SHA256(b"\x00" + leaves[0])
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return SHA256(b"\x01" + naive(leaves[:k]) + naive(leaves[k:]))


def test_several_workers_write_each_event_once(d):
    at_once(*[lambda: append_published(most=40)] * 8)
    while append_published(most=40):
        pass

    subjects = [told(entry) for entry in entries() if entry["kind"] != "ledger"]
    assert len(subjects) == len(set(subjects)) == 5
    assert [leaf.index for leaf in LogLeaf.objects.order_by("index")] == list(range(LogLeaf.objects.count()))


def test_what_a_later_step_overtook_stands_without_a_body_and_the_last_one_with_it(d):
    by = d.people["office"]
    cast.take("honour", d.honour.pk, "open_rereview", by)
    cast.take("honour", d.honour.pk, "warn", by, reason="居务公开未按时更新")
    write_log(timestamp=0)

    mine = [entry for entry in entries() if entry["subject"].startswith("honours/")]
    assert [(entry["step"], bool(entry["digest"])) for entry in mine] == [
        ("create", False),
        ("open_rereview", False),
        ("warn", True),
    ]
    assert without_salt(f"honours/{d.honour.number}")["status"] == "warned"


def test_a_notice_kept_from_the_public_is_written_down_without_its_list(d):
    notice = cast.draw_up(d, [d.cases["notice"]])
    cast.take("notice", notice, "prepare", d.people["office"])
    cast.take("notice", notice, "withhold", d.people["office2"], reason="涉及未成年人")
    write_log(timestamp=0)

    kept = without_salt(f"withheld-notices/{notice}")
    told = withheld_row(Notice.objects.get(pk=notice))
    assert (kept, set(kept)) == (plain(told, kept), set(told))
    assert not LogLeaf.objects.filter(subject=f"notices/{notice}").exists()


def test_a_unit_with_another_name_has_its_honours_written_down_anew(d):
    write_log(timestamp=0)
    before = LogLeaf.objects.count()

    import_units([UnitRow(3, "held", "荷香社区", UnitKind.COMMUNITY, "songxi")], by=SYSTEM, key=None)
    write_log(timestamp=0)

    assert [told(entry) for entry in entries()[before:]] == [
        f"honours/{d.honour.number} rename",
        "log/ledger head",
    ]
    assert without_salt(f"honours/{d.honour.number}")["unit"] == "荷香社区"


def test_a_decision_without_its_file_keeps_the_log_waiting(d):
    write_log(timestamp=0)
    before = LogLeaf.objects.count()
    for step, who, reason in (
        ("open_rereview", "office", ""),
        ("propose_revocation", "office", "滑坡"),
        ("revoke", "committee1", "达不到标准"),
    ):
        if Honour.objects.get(pk=d.honour.pk).status not in {"revoked"}:
            cast.take("honour", d.honour.pk, step, d.people[who], reason=reason)

    append_published()
    waiting = [told(entry) for entry in entries()[before:]]
    write_log(timestamp=0)

    revocation = DocumentFile.objects.get(kind="revocation")
    assert not any("revoke" in line for line in waiting)
    assert [told(entry) for entry in entries()[-3:-1]] == [
        f"documents/{revocation.pk} issue",
        f"honours/{d.honour.number} revoke",
    ]


def test_a_head_comes_by_the_clock_and_covers_every_ledger(d, settings):
    write_log(timestamp=0)
    before = LogLeaf.objects.count()
    cast.set_clock(cast.NOW + dt.timedelta(seconds=settings.LOG_HEAD_S + 5))

    write_log(timestamp=0)
    write_log(timestamp=0)

    assert [told(entry) for entry in entries()[before:]] == ["log/ledger head"]
    heads = [
        json.loads(row.body.text) for row in LogLeaf.objects.filter(subject=log.HEADS).select_related("body")
    ]
    assert sum(head["entries"] for head in heads) == LedgerEntry.objects.count()
    assert dict(log.heads_again(-1, 10)) == {
        leaf.index: json.loads(leaf.entry)["digest"] for leaf in LogLeaf.objects.filter(subject=log.HEADS)
    }


def test_a_restored_database_is_read_again_and_no_step_is_written_twice(d):
    write_log(timestamp=0)
    before = list(LogLeaf.objects.exclude(event=None).order_by("index").values_list("event", flat=True))
    FeedPlace.objects.filter(name=PLACE).update(xid=2**60, number=1)

    append_published()

    after = LogLeaf.objects.exclude(event=None).order_by("index").values_list("event", flat=True)
    assert (list(after), FeedPlace.objects.get(name=PLACE).xid < 2**60) == (before, True)


@pytest.mark.parametrize("table", ["log_leaf", "log_node", "log_checkpoint"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_nothing_is_taken_out_of_the_log(d, table, act):
    write_log(timestamp=0)

    with pytest.raises(IntegrityError, match="never changed"), connection.cursor() as cursor:
        cursor.execute(sql.SQL(act).format(sql.Identifier(table)))


@pytest.mark.parametrize(
    ("role", "may"),
    [("laurel_web", False), ("laurel_worker", True), ("laurel_feed", False)],
)
def test_the_worker_alone_may_add_and_nobody_may_change(d, role, may):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%s, 'log_leaf', 'INSERT'), has_table_privilege(%s, 'log_leaf', 'UPDATE'),"
            " has_table_privilege(%s, 'log_node', 'DELETE'), has_table_privilege(%s, 'log_body', 'UPDATE')",
            [role] * 4,
        )
        assert cursor.fetchone() == (may, False, False, False)


def test_a_log_keeps_the_hash_it_began_with(d, settings):
    write_log(timestamp=0)
    settings.LOG_HASH = "sm3"
    cast.set_clock(cast.NOW + dt.timedelta(days=1))

    with pytest.raises(LogSpoiled, match="LOG_HASH"):
        append_published()


def test_a_log_on_sm3_says_so_in_its_checkpoint(d, settings):
    settings.LOG_HASH = "sm3"

    write_log(timestamp=0)

    row = log.last_checkpoint()
    assert row.note.split("\n")[3] == "hash sm3"
    digest = merkle.hash_named("sm3")
    leaf = LogLeaf.objects.get(index=0)
    path = log.inclusion_path(0, row.size)
    root = merkle.root_of((0, row.size), log.nodes_at(merkle.nodes_of((0, row.size))), digest)
    hashed = merkle.leaf_hash(leaf.entry.encode(), digest)
    assert merkle.inclusion_holds(hashed, 0, row.size, path, root, digest=digest)


def test_a_spoiled_tree_is_written_into_no_more(d):
    write_log(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE log_node DISABLE TRIGGER USER; DELETE FROM log_node; ALTER TABLE log_node ENABLE TRIGGER USER"
        )
    cast.set_clock(cast.NOW + dt.timedelta(days=1))

    with pytest.raises(LogSpoiled, match="missing"):
        append_published()


def test_a_transaction_that_commits_late_is_not_passed_over(d):
    name = str(connection.settings_dict["NAME"])
    late = psycopg.connect(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl())
    try:
        late.execute("SELECT pg_current_xact_id()")
        cast.take("notice", d.notice, "extend", d.people["office"], working_days=2, reason="逢考试")
        held_back = append_published()
        early = [told(entry) for entry in entries() if entry["step"] == "extend"]
        late.commit()
        write_log(timestamp=0)
    finally:
        late.close()

    assert (held_back > 0, early) == (True, [])
    assert [told(entry) for entry in entries() if entry["step"] == "extend"] == [f"notices/{d.notice} extend"]
    assert LogNode.objects.exists()


def on_project_notice(d, code: str) -> int:
    definition = replace(cast.DEFINITION, code=code, name=code, admission=Admission(notice_working_days=5))
    programme: int = publish_version(definition, by=SYSTEM, key=None)["programme"]
    cast.take("programme", programme, "propose", d.people["office"])
    cast.take("programme", programme, "admit", d.people["leading-group"])
    return programme


def test_a_project_notice_stands_in_it_from_its_approval_to_its_end(d):
    ran, refused_, unshown = (on_project_notice(d, code) for code in ("ran", "refused", "unshown"))
    cast.take("programme", refused_, "refuse", d.people["leading-group"], reason="重复")
    cast.take("programme", unshown, "withdraw", d.people["office"], reason="不办了")
    write_log(timestamp=0)
    cast.set_clock(cast.NOW + dt.timedelta(days=10))
    due.fire_due()
    write_log(timestamp=0)

    mine = [told(entry) for entry in entries() if entry["kind"] == "programme"]
    assert mine == [
        f"project-notices/{ran} admit",
        f"project-notices/{refused_} admit",
        f"project-notices/{unshown} admit",
        f"project-notices/{refused_} refuse",
        f"project-notices/{unshown} withdraw",
        f"project-notices/{ran} conclude",
    ]
    kept = without_salt(f"project-notices/{ran}")
    assert (kept["status"], kept["working_days"]) == ("admitted", 5)
    assert kept == plain(project_row(one_project_notice(ran)), kept)
    gone = [entry["digest"] for entry in entries() if told(entry) == f"project-notices/{refused_} refuse"]
    assert gone == [""]
