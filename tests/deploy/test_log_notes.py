"""The verifier's reading of signed notes with several signatures. Trees are tried where the log is served."""

import pytest

from deploy import log_notes, sm2
from services.workflow.commands.log_keys import log_keys, note_of
from services.workflow.domain.checkpoint import Checkpoint

ONE = Checkpoint("honours.example/log", 7, bytes(range(32)))


@pytest.fixture
def both(settings):
    pytest.importorskip("gmssl_pyx", reason="no wheel for this kind of machine")
    settings.LOG_KEYS, settings.LOG_ORIGIN, settings.LOG_SM2 = ["one" * 12], ONE.origin, True
    return [key.told for key in log_keys()]


def test_each_signature_is_verified_by_its_key(both):
    found = log_notes.signatures(note_of(ONE), both)

    assert [(one.kind, one.holds) for one in found] == [("Ed25519", True), ("SM2", True)]
    assert str(found[1]) == f"SM2 {found[1].number}: holds"


def test_under_another_text_none_holds(both):
    note = note_of(ONE).replace("\n7\n", "\n8\n")

    assert [one.holds for one in log_notes.signatures(note, both)] == [False, False]
    assert not log_notes.signed_by(note, both[0])


def test_a_key_that_is_not_told_or_not_known_is_named_as_not_verified(both):
    note = note_of(ONE)

    ed25519, unknown = log_notes.signatures(note, both[:1])

    assert (ed25519.holds, unknown.holds) == (True, None)
    assert str(unknown).endswith("not verified, of a key that is not told")


def test_where_sm3_is_missing_the_rest_is_verified(both, monkeypatch):
    def unable(content: bytes) -> bytes:
        raise sm2.Unable("no SM3 here")

    monkeypatch.setattr(sm2, "_sm3", unable)

    found = log_notes.signatures(note_of(ONE), both)

    assert [one.holds for one in found] == [True, None]
    assert str(found[1]).endswith("not verified, no SM3 here")


def test_a_key_whose_number_does_not_fit_is_refused(both):
    name, number, encoded = both[1].split("+", 2)

    with pytest.raises(ValueError):
        log_notes.signatures(note_of(ONE), [f"{name}+{number[::-1]}+{encoded}"])
