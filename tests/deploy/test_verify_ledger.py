"""The verifier that needs only Python and the API's answers, against the layout in docs/events.md."""

import json
import re
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest

from deploy import verify_ledger

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "deploy" / "verify_ledger.py"
SALT, REASON = "00112233445566778899aabbccddeeff", "材料齐全"


def entry(seq: int, **given: object) -> dict[str, object]:
    return {
        "case": 41,
        "seq": seq,
        "actor": 3,
        "office": 5,
        "reason": None,
        "salt": None,
        "reason_digest": "",
        **given,
    }


@pytest.fixture
def history():
    """The two entries of the test vector."""
    page = (ROOT / "docs" / "events.md").read_text(encoding="utf-8").partition("## 8. Ledger hash")[2]
    form = json.loads(next(line for line in page.splitlines() if line.startswith('    {"actor":3')))
    told = re.search(r"its hash `([0-9a-f]{64})`", page)
    assert told is not None
    first = entry(1, source="", target="draft", leg=0, step="create", at_us=1772330400000000, previous="")
    first["hash"] = form["previous"]
    second = entry(2, reason_digest=form["reason"], reason=REASON, salt=SALT, at_us=form["at"], hash=told[1])
    second |= {name: form[name] for name in ("source", "target", "leg", "step", "previous")}
    return {
        "case": 41,
        "kind": "declaration",
        "version": 2,
        "place": "preliminary_review",
        "leg": 1,
        "items": [first, second],
        "next": None,
    }


def test_the_test_vector_of_the_document_is_sound(history):
    assert list(verify_ledger.faults_of(history)) == []


def test_its_form_is_the_one_that_is_hashed(history):
    assert verify_ledger.entry_hash(history["items"][1]) == history["items"][1]["hash"]


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"target": "naming"}, [2, 2]),
        ({"step": "endorse"}, [2]),
        ({"actor": 4}, [2]),
        ({"at_us": 1}, [2]),
        ({"previous": ""}, [2, 2]),
        ({"source": "returned"}, [2, 2]),
        ({"reason": "材料不全"}, [2]),
        ({"case": 42}, [2, 2]),
        ({"leg": 2}, [2, 2]),
    ],
)
def test_any_change_is_found_where_it_is(history, change, faults):
    history["items"][1].update(change)

    assert [seq for seq, _ in verify_ledger.faults_of(history)] == faults


def test_a_missing_entry_is_found(history):
    del history["items"][0]

    assert next(what for _, what in verify_ledger.faults_of(history)) == "seq 1 is missing"


def test_a_missing_end_is_found_by_the_row(history):
    del history["items"][1]

    assert [seq for seq, _ in verify_ledger.faults_of(history)] == [1]


def test_an_erased_reason_is_no_fault(history):
    history["items"][1].update(reason=None, salt=None)

    assert list(verify_ledger.faults_of(history)) == []


def run(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(SCRIPT), *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False, cwd="/")


def test_as_a_program_it_ends_in_0_1_or_2(history, tmp_path):
    spoiled = deepcopy(history)
    spoiled["items"][1]["step"] = "endorse"
    sound = tmp_path / "history.json"
    sound.write_text(json.dumps([history, history]), encoding="utf-8")

    good, bad, unread = run("", str(sound)), run(json.dumps(spoiled), "-"), run("no json", "-")

    assert (good.returncode, good.stdout) == (0, "2 cases, 4 entries, 0 faults\n")
    assert (bad.returncode, bad.stdout.splitlines()[0]) == (
        1,
        "case 41 seq 2: its hash does not fit its content",
    )
    assert unread.returncode == 2
