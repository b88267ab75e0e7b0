import pytest
from cryptography.fernet import InvalidToken

from services.workflow.commands.keyring import open_address, ring, seal_address


def test_what_was_sealed_opens_and_reads_as_nothing():
    sealed = seal_address({"address": "张@x.cn"})

    assert open_address(sealed) == {"address": "张@x.cn"} and "张".encode() not in sealed


def test_a_new_key_in_front_opens_what_the_old_one_sealed(settings):
    settings.IDENTITY_KEYS = ["old" * 12]
    sealed = seal_address({"a": 1})

    settings.IDENTITY_KEYS = ["new" * 12, "old" * 12]
    assert open_address(sealed) == {"a": 1}
    settings.IDENTITY_KEYS = ["new" * 12]
    with pytest.raises(InvalidToken):
        open_address(sealed)


def test_each_purpose_has_keys_of_its_own():
    with pytest.raises(InvalidToken):
        ring().decrypt(seal_address({"a": 1}))
