"""The keys of the log."""

from services.workflow.commands.log_keys import ed25519_holds, log_keys
from services.workflow.domain.checkpoint import Checkpoint, opened, read_verifier_key

ONE = Checkpoint("log", 3, bytes(32))


def test_the_first_key_signs_and_all_are_told(settings):
    settings.LOG_KEYS, settings.LOG_ORIGIN = ["new" * 12, "old" * 12], "honours.example/log"

    first, second = log_keys()
    name, public = read_verifier_key(first.told)

    note = first.note(ONE)
    assert opened(note, name=name, public=public, verify=lambda s, m: ed25519_holds(public, s, m)) == ONE
    assert (
        opened(note, name=name, public=second.public, verify=lambda s, m: ed25519_holds(second.public, s, m))
        is None
    )


def test_the_same_secret_is_the_same_key(settings):
    settings.LOG_KEYS = ["one" * 12, "one" * 12, "two" * 12]

    told = [key.told for key in log_keys()]

    assert (told[0] == told[1], told[0] == told[2]) == (True, False)


def test_a_signature_of_another_text_does_not_hold():
    key = log_keys()[0]

    assert not ed25519_holds(key.public, key.private.sign(b"one"), b"two")
