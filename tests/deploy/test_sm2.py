"""SM2 by the standard library beside the standard's own example and the library that signs."""

import hashlib
import random

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from deploy import sm2

# The example on the recommended curve: GB/T 32918.5-2017, annex A.2 (before it GM/T 0003.5-2012, annex A).
MESSAGE = b"message digest"
PRIVATE = 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8
PUBLIC = bytes.fromhex(
    "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
DIGEST = "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640"
SIGNATURE = bytes.fromhex(
    "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
    "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
)


@pytest.fixture
def library():
    return pytest.importorskip("gmssl_pyx", reason="no wheel for this kind of machine")


def joined(der: bytes) -> bytes:
    return b"".join(half.to_bytes(32, "big") for half in decode_dss_signature(der))


def test_the_example_of_the_standard():
    assert sm2.public_of(PRIVATE) == PUBLIC
    assert sm2.digest(PUBLIC, MESSAGE).hex() == DIGEST
    assert sm2.holds(PUBLIC, SIGNATURE, MESSAGE)


def test_the_library_takes_the_example_too(library):
    r, s = (int.from_bytes(half, "big") for half in (SIGNATURE[:32], SIGNATURE[32:]))

    assert library.sm2_verify(PUBLIC[1:], MESSAGE, encode_dss_signature(r, s))


def test_what_the_library_signs_holds_and_no_changed_bit_does(library):
    draw = random.Random(32918)
    for _ in range(2):
        public, private = library.sm2_key_generate()
        message = draw.randbytes(draw.randrange(1, 90))
        key, signature = b"\x04" + public, joined(library.sm2_sign(private, public, message))

        assert sm2.public_of(int.from_bytes(private, "big")) == key
        assert sm2.holds(key, signature, message)
        at = draw.randrange(64)
        changed = signature[:at] + bytes([signature[at] ^ 1 << draw.randrange(8)]) + signature[at + 1 :]
        assert not sm2.holds(key, changed, message)
        assert not sm2.holds(key, signature, message + b".")


@pytest.mark.parametrize(
    ("public", "signature"),
    [
        (PUBLIC[:-1], SIGNATURE),
        (b"\x02" + PUBLIC[1:], SIGNATURE),
        (PUBLIC[:-1] + b"\x14", SIGNATURE),  # no point of the curve
        (b"\x04" + b"\xff" * 64, SIGNATURE),
        (PUBLIC, SIGNATURE[:-1]),
        (PUBLIC, bytes(32) + SIGNATURE[32:]),
        (PUBLIC, SIGNATURE[:32] + bytes(32)),
        (PUBLIC, SIGNATURE[:32] + sm2.ORDER.to_bytes(32, "big")),
        # r + s = 0 modulo the order
        (PUBLIC, SIGNATURE[:32] + (sm2.ORDER - int.from_bytes(SIGNATURE[:32], "big")).to_bytes(32, "big")),
    ],
)
def test_what_is_no_key_or_no_signature_does_not_hold(public, signature):
    assert not sm2.holds(public, signature, MESSAGE)


def test_a_python_without_sm3_says_that_it_cannot_verify(monkeypatch):
    def none(name: str, content: bytes = b"") -> None:
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", none)

    with pytest.raises(sm2.Unable):
        sm2.holds(PUBLIC, SIGNATURE, MESSAGE)
