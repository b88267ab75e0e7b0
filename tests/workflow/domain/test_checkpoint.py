"""Checkpoints as C2SP writes them."""

from dataclasses import dataclass

import pytest

from services.workflow.domain.checkpoint import (
    ED25519,
    SM2,
    Checkpoint,
    key_id,
    opened,
    read_note,
    read_verifier_key,
    signed,
    verifier_key,
)

# The example of Go's golang.org/x/mod/sumdb/note, whose form C2SP took over.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)  # fmt: skip
ROOT = bytes(range(32))
ONE = Checkpoint("honours.example/log", 7, ROOT)


@dataclass(frozen=True)
class Backwards:
    """A key whose signature is the text backwards, so that the form alone is tried here."""

    name: str
    public: bytes = ROOT
    kind: bytes = ED25519

    def sign(self, message: bytes) -> bytes:
        return message[::-1]


def verified(signature: bytes, message: bytes) -> bool:
    return signature == message[::-1]


def test_the_text_that_is_signed():
    assert ONE.text == "honours.example/log\n7\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"


def test_a_key_of_the_go_tools_is_read_and_written():
    name, kind, public = read_verifier_key(GO_KEY)

    assert (name, kind, key_id(name, public).hex()) == ("PeterNeumann", ED25519, "c74f20a3")
    assert verifier_key(name, public) == GO_KEY


def test_a_key_of_sm2_is_read_and_written():
    public = b"\x04" + ROOT * 2

    text = verifier_key("log", public, SM2)

    assert read_verifier_key(text) == ("log", SM2, public)
    assert text != verifier_key("log", public[:32])
    with pytest.raises(ValueError):
        read_verifier_key(verifier_key("log", public[:-1], SM2))


@pytest.mark.parametrize(
    "text", ["", "a+b", GO_KEY.replace("c74f", "c74e"), GO_KEY[:-4], GO_KEY.replace("+AR", "+BR")]
)
def test_a_key_that_does_not_fit_its_id_is_refused(text):
    with pytest.raises(ValueError):
        read_verifier_key(text)


def test_a_note_is_opened_by_its_key_and_no_other():
    note = signed(ONE, [Backwards("log")])

    assert note.startswith(ONE.text + "\n\u2014 log ")
    assert opened(note, name="log", public=ROOT, verify=verified) == ONE
    assert opened(note, name="other", public=ROOT, verify=verified) is None
    assert opened(note, name="log", public=ROOT[::-1], verify=verified) is None


def test_keys_of_two_kinds_sign_on_lines_of_their_own():
    public = b"\x04" + ROOT * 2
    note = signed(ONE, [Backwards("log"), Backwards("log", public, SM2)])

    checkpoint, signatures = read_note(note)

    assert checkpoint == ONE
    assert [content[:4] for _, content in signatures] == [key_id("log", ROOT), key_id("log", public, SM2)]
    assert opened(note, name="log", public=public, verify=verified, kind=SM2) == ONE
    assert opened(note, name="log", public=public, verify=verified) is None


def test_a_note_whose_text_was_changed_is_not_opened():
    note = signed(ONE, [Backwards("log")]).replace("\n7\n", "\n8\n")

    assert opened(note, name="log", public=ROOT, verify=verified) is None


def test_further_signatures_and_lines_are_carried():
    told = Checkpoint("o", 1, ROOT, ("hash sm3",))
    note = signed(told, [Backwards("log")]) + "\u2014 witness AAAAAA==\n"

    checkpoint, signatures = read_note(note)

    assert (checkpoint, [name for name, _ in signatures]) == (told, ["log", "witness"])


@pytest.mark.parametrize(
    "note",
    [
        "",
        GO_NOTE,
        "o\n07\nAAAA\n\n\u2014 a AAAA\n",
        "o\n7\n!\n\n\u2014 a AAAA\n",
        "o\n7\nAAAA\n\nno signature\n",
        "o\n7\nAAAA\n\n\u2014 a AAAA",
    ],
)
def test_what_is_no_checkpoint_is_refused(note):
    with pytest.raises(ValueError):
        read_note(note)
