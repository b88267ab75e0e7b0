"""The log for everybody: its checkpoint, its entries and their proofs, and the programme that verifies them."""

import base64
import datetime as dt
import json
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from deploy import log_notes, verify_log
from services.workflow.commands.log_keys import note_of
from services.workflow.domain.checkpoint import read_note
from services.workflow.jobs.transparency import write_log
from services.workflow.models import DocumentFile, Notice
from services.workflow.queries import transparency as log
from tests.workflow import cast
from tests.workflow.api.client import Api, code_of


@pytest.fixture(scope="module")
def written(committed):
    """The log of the cast; what a test spoils it spoils in a transaction of its own."""
    cast.set_clock(cast.NOW)
    write_log(timestamp=0)
    return committed


class Inside(verify_log.Public):
    """The verifier, asking the application in this process instead of a socket."""

    def file(self, address: str) -> bytes:
        answer = Api().client.get(address)
        assert answer.status_code == 200, (address, answer.content)
        content: bytes = answer.content
        return content


def faults(known: dict[str, Any] | None = None) -> list[str]:
    return verify_log.faults(Inside(""), known or {})


def remembered() -> dict[str, Any]:
    public = Inside("")
    public.fetch()
    now = log_notes.read(public.note)
    return {"origin": now.origin, "size": now.size, "root": now.root.hex(), "keys": public.told["keys"]}


NO_GUARDS = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT conrelid::regclass AS t, conname FROM pg_constraint
              WHERE contype = 'f' AND connamespace = current_schema()::regnamespace LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.t, one.conname);
  END LOOP;
  FOR one IN SELECT oid::regclass AS t FROM pg_class
              WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace LOOP
    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', one.t);
  END LOOP;
END $$
"""


@contextmanager
def as_owner():
    """The database's owner, with every trigger and foreign key out of the way; undone afterwards."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(NO_GUARDS)
            yield cursor
        transaction.set_rollback(True)


def test_all_is_sound(written):
    assert faults() == faults(remembered()) == []


def test_the_checkpoint_is_a_signed_note_and_json_where_it_is_asked_for(written):
    answer = Api().get("public/log/checkpoint")
    told = Api().get("public/log/checkpoint", Accept="application/json").json()
    keys = Api().get("public/log/keys").json()

    note = answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "public, s-maxage=5, stale-while-revalidate=60"
    assert (told["note"], told["size"], told["keys"]) == (note, log_notes.read(note).size, keys["keys"])
    assert log_notes.signed_by(note, keys["keys"][0])
    assert not log_notes.signed_by(note.replace("\n6\n", "\n7\n"), keys["keys"][0])


def test_entries_come_in_pages(written):
    whole = Api().get("public/log/entries").json()
    first = Api().get("public/log/entries?limit=2").json()
    rest = Api().get(f"public/log/entries?limit=200&after={first['next']}").json()

    assert [*first["items"], *rest["items"]] == whole["items"]
    assert (whole["next"], [row["index"] for row in whole["items"]]) == (
        None,
        list(range(len(whole["items"]))),
    )


def test_every_leaf_has_its_path_to_the_checkpoint(written):
    note = log_notes.read(Api().get("public/log/checkpoint").content.decode())
    digest = log_notes.hash_of("sha256")
    for row in Api().get("public/log/entries").json()["items"]:
        path = Api().get(f"public/log/inclusion?index={row['index']}&size={note.size}").json()["path"]
        assert climbed(row, path, note.size, digest) == note.root


def climbed(row, path, size, digest):
    """The root that a path leads to, by the rule of RFC 9162."""
    place, last, found = row["index"], size - 1, bytes.fromhex(row["leaf_hash"])
    for step in map(bytes.fromhex, path):
        if place & 1 or place == last:
            found = digest(b"\x01" + step + found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = digest(b"\x01" + found + step)
        place, last = place >> 1, last >> 1
    return found


def test_a_notice_an_honour_and_a_decision_have_their_proof(written):
    paper = DocumentFile.objects.get(kind="resolution")
    for path in (f"notices/{written.notice}", f"honours/{written.honour.number}", f"documents/{paper.pk}"):
        told, shown = Api().get(f"public/{path}/proof").json(), Api().get(f"public/{path}").json()
        body = json.loads(told["body"])
        body.pop("salt")
        note = log_notes.read(told["checkpoint"])
        root = climbed(told, told["path"], told["size"], log_notes.hash_of("sha256"))
        assert (root, note.size) == (note.root, told["size"])
        assert body == {name: shown[name] for name in body}


def test_a_ledger_head_tells_neither_how_many_nor_where(written):
    heads = [
        row for row in Api().get("public/log/entries").json()["items"] if '"kind":"ledger"' in row["entry"]
    ]

    assert [row["body"] for row in heads] == [None] * len(heads)
    assert set(json.loads(heads[0]["entry"])) == {
        "at", "digest", "kind", "ledger", "seq", "step", "subject", "v",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("log/inclusion?index=99&size=3", (404, "log.not_found")),
        ("log/inclusion?index=0&size=99", (422, "log.size_unknown")),
        ("log/consistency?first=4&second=3", (422, "log.size_unknown")),
        ("log/consistency?first=0&second=3", (422, "log.size_unknown")),
        ("log/inclusion?index=-1&size=3", (422, "field.out_of_range")),
        ("notices/999999/proof", (404, "log.not_found")),
        ("honours/NONE/proof", (404, "log.not_found")),
        ("documents/999999", (404, "document.not_found")),
    ],
)
def test_what_there_is_not_is_refused(written, path, refused):
    assert code_of(Api().get(f"public/{path}"))[0] == refused[0]


def test_what_was_taken_down_is_told_no_more_and_is_no_fault(written):
    closed = Notice.objects.get(status="closed").pk
    known = remembered()
    cast.take("notice", closed, "take_down", written.people["office"], reason="期满")
    write_log(timestamp=0)

    mine = [
        row
        for row in Api().get("public/log/entries").json()["items"]
        if f'"subject":"notices/{closed}"' in row["entry"]
    ]
    assert [row["body"] for row in mine] == [None] * len(mine)
    assert faults(known) == []


SPOILED = {
    "notice removed": ("UPDATE workflow_notice SET status = 'draft' WHERE id = {notice}", "shown no more"),
    "notice deleted": ("DELETE FROM workflow_notice WHERE id = {notice}", "shown no more"),
    "line altered": ("UPDATE workflow_noticeline SET unit_name = '别处' WHERE notice_id = {notice}", "lines is not"),
    "line removed": ("DELETE FROM workflow_noticeline WHERE notice_id = {notice} AND position = 2", "lines is not"),
    "notice back-dated": ("UPDATE workflow_notice SET opened_on = opened_on - 7 WHERE id = {notice}", "opened_on is"),
    "honour altered": ("UPDATE workflow_honour SET level = '五星' WHERE id = {honour}", "level is not"),
    "honour back-dated": ("UPDATE workflow_honour SET conferred_on = '2020-01-01' WHERE id = {honour}", "conferred_on"),
    "decision altered": (
        "UPDATE workflow_documentfile SET paper = jsonb_set(paper, '{{title}}', '\"别的\"') WHERE kind = 'resolution'",
        "paper is not",
    ),
    "decision removed": ("DELETE FROM workflow_documentfile WHERE kind = 'resolution'", "shown no more"),
    "newest ledger entries cut off": (
        "DELETE FROM ledger WHERE id IN (SELECT id FROM ledger ORDER BY id DESC LIMIT 3)",
        "the ledgers are not",
    ),
    "one old ledger entry altered": (
        "UPDATE ledger SET hash = repeat('0', 64) WHERE id = (SELECT min(id) FROM ledger)",
        "the ledgers are not",
    ),
    "a case set back with its ledger": (
        "DELETE FROM ledger WHERE case_id = {notice} AND step = 'release';"
        "UPDATE workflow_notice SET version = version - 1 WHERE id = {notice}",
        "is shown at version",
    ),
    "entry of the log altered": (
        "UPDATE log_leaf SET entry = replace(entry, 'release', 'suspend') WHERE subject = 'notices/{notice}'",
        "its root is not",
    ),
    "body altered with its notice": (
        "UPDATE workflow_notice SET title = '另一' WHERE id = {notice};"
        "UPDATE log_body SET text = replace(text, '公示', '另一') WHERE leaf_id IN"
        " (SELECT index FROM log_leaf WHERE subject = 'notices/{notice}')",
        "does not fit its digest",
    ),
    "body erased": ("DELETE FROM log_body", "does not tell how it read"),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILED)
def test_what_the_databases_owner_does_behind_the_products_back_is_found(written, what):
    statement, found = SPOILED[what]
    with as_owner() as cursor:
        cursor.execute(statement.format(notice=written.notice, honour=written.honour.pk))
        told = faults()

    assert any(found in fault for fault in told), told


def test_a_log_that_was_cut_back_whole_is_found_by_whoever_remembers_it(written):
    known = remembered()
    with as_owner() as cursor:
        cursor.execute(
            "DELETE FROM log_leaf WHERE index >= 2; DELETE FROM log_checkpoint WHERE size > 2;"
            "DELETE FROM log_body WHERE leaf_id >= 2; DELETE FROM log_node WHERE number > 3"
        )
        cursor.execute("UPDATE workflow_feedplace SET xid = '0', number = 0 WHERE name LIKE 'log%'")
        told = verify_log.growth_faults(fetched(), known, [])
        found = list(told)

    assert any(f"the log had {known['size']} entries" in fault for fault in found), found


def fetched() -> verify_log.Public:
    public = Inside("")
    public.note = "x\n2\n" + "A" * 43 + "=\n\n"
    public.told = {"hash": "sha256"}
    return public


def test_a_notice_put_in_later_with_an_earlier_date_is_found(written):
    write_log(timestamp=0)
    cast.set_clock(cast.NOW - dt.timedelta(days=20))
    try:
        cast.publish(written, [written.cases["notice"]])
    finally:
        cast.set_clock(cast.NOW)
    write_log(timestamp=0)

    assert any("bears a moment before earlier entries" in fault for fault in faults())


def test_the_machine_itself_misses_what_was_cut_off_too(written):
    with as_owner() as cursor:
        cursor.execute("DELETE FROM ledger WHERE id = (SELECT max(id) FROM ledger)")
        spoiled = list(log.spoiled_heads())

    assert spoiled != [] and list(log.spoiled_heads()) == []


class Signed(Inside):
    """The same checkpoint, signed anew by the keys of now."""

    def file(self, address: str) -> bytes:
        content = super().file(address)
        if not address.endswith("log/checkpoint"):
            return content
        return note_of(read_note(content.decode())[0]).encode()


class Spoiled(Signed):
    """The last signature of the checkpoint, SM2's, is another one's."""

    def file(self, address: str) -> bytes:
        content = super().file(address)
        if not address.endswith("log/checkpoint"):
            return content
        *before, last = content.decode().splitlines()
        signature = bytearray(base64.b64decode(last.rsplit(" ", 1)[1]))
        signature[-1] ^= 1
        return "\n".join(
            [*before, f"{last.rsplit(' ', 1)[0]} {base64.b64encode(signature).decode()}\n"]
        ).encode()


def test_both_signatures_are_verified_and_one_that_does_not_hold_is_a_fault(written, settings):
    pytest.importorskip("gmssl_pyx", reason="no wheel for this kind of machine")
    before = faults()
    settings.LOG_SM2 = True

    keys = Api().get("public/log/keys").json()["keys"]

    number = keys[1].split("+")[1]
    assert len(keys) == 2
    assert verify_log.faults(Signed(""), {}) == before
    assert verify_log.faults(Spoiled(""), {}) == [
        f"checkpoint: its signature SM2 {number}: does not hold",
        *before,
    ]
