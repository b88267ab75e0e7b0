"""Ed25519 by the standard library beside RFC 8032's vectors and the library that signs."""

import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy.ed25519 import ORDER, holds

# RFC 8032, 7.1: public key, message, signature.
VECTORS = (
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246551"
     "41438e7a100b"),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d"
     "291612bb0c00"),
    ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027"
     "beceea1ec40a"),
)  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS, ids=["1", "2", "3"])
def test_the_vectors_of_the_rfc(vector):
    public, message, signature = map(bytes.fromhex, vector)

    assert holds(public, signature, message)
    assert not holds(public, signature, message + b".")


def test_what_the_library_signs_holds_and_nothing_else():
    draw = random.Random(8032)
    for _ in range(8):
        key, message = (
            Ed25519PrivateKey.from_private_bytes(draw.randbytes(32)),
            draw.randbytes(draw.randrange(90)),
        )
        public, signature = key.public_key().public_bytes_raw(), bytearray(key.sign(message))
        assert holds(public, bytes(signature), message)
        signature[draw.randrange(64)] ^= 1 << draw.randrange(8)
        assert not holds(public, bytes(signature), message)


def test_a_signature_is_not_accepted_in_a_second_form():
    public, message, signature = map(bytes.fromhex, VECTORS[1])
    second = int.from_bytes(signature[32:], "little") + ORDER

    assert not holds(public, signature[:32] + second.to_bytes(32, "little"), message)


@pytest.mark.parametrize("public", [b"", b"\xff" * 32, bytes(31) + b"\x80"])
def test_what_is_no_key_signed_nothing(public):
    assert not holds(public, bytes(64), b"")
