"""The keys of the log."""

import pytest

from deploy import sm2
from services.workflow.commands.log_keys import ed25519_holds, log_keys, note_of
from services.workflow.domain.checkpoint import ED25519, SM2, Checkpoint, opened, read_note, read_verifier_key

ONE = Checkpoint("log", 3, bytes(32))


@pytest.fixture
def two(settings):
    settings.LOG_KEYS, settings.LOG_ORIGIN = ["new" * 12, "old" * 12], "honours.example/log"


def test_the_first_key_signs_and_all_are_told(two):
    first, second = log_keys()
    name, kind, public = read_verifier_key(first.told)

    note = note_of(ONE)
    assert kind == ED25519
    assert opened(note, name=name, public=public, verify=lambda s, m: ed25519_holds(public, s, m)) == ONE
    assert (
        opened(note, name=name, public=second.public, verify=lambda s, m: ed25519_holds(second.public, s, m))
        is None
    )


def test_the_same_secret_is_the_same_key(settings):
    settings.LOG_KEYS, settings.LOG_SM2 = ["one" * 12, "one" * 12, "two" * 12], True

    told = [key.told for key in log_keys()]

    assert [told[0] == told[1], told[0] == told[2], told[3] == told[4], told[3] == told[5]] == [
        True,
        False,
        True,
        False,
    ]


def test_sm2_signs_beside_ed25519_where_it_is_asked_for(two, settings):
    pytest.importorskip("gmssl_pyx", reason="no wheel for this kind of machine")
    settings.LOG_SM2 = True
    told = [read_verifier_key(key.told) for key in log_keys()]
    name, _, public = told[2]

    note = note_of(ONE)

    assert [kind for _, kind, _ in told] == [ED25519, ED25519, SM2, SM2]
    assert len(read_note(note)[1]) == 2
    assert (
        opened(note, name=name, public=public, kind=SM2, verify=lambda s, m: sm2.holds(public, s, m)) == ONE
    )
    spoiled = note.replace("\n3\n", "\n4\n")
    assert (
        opened(spoiled, name=name, public=public, kind=SM2, verify=lambda s, m: sm2.holds(public, s, m))
        is None
    )


def test_without_sm2_there_is_one_signature_and_no_key_of_it(two):
    assert len(read_note(note_of(ONE))[1]) == 1
    assert {read_verifier_key(key.told)[1] for key in log_keys()} == {ED25519}


def test_a_signature_of_another_text_does_not_hold():
    key = log_keys()[0]

    assert not ed25519_holds(key.public, key.sign(b"one"), b"two")
