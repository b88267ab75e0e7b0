"""SM2 verification with SM3 as GB/T 32918.2-2016 writes it down, by Python's standard library; for verifying only.

`deploy/verify_log.py` needs it where nothing of the product is installed. SM3 is OpenSSL's, through hashlib: a Python
whose OpenSSL has none cannot verify, and says so by `Unable`. The curve is that of GB/T 32918.5-2017.
"""

import hashlib

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
BASE = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
# Who signs is told to the hash too; this is the name that GM/T 0009-2012 gives where there is no other.
SIGNER = b"1234567812345678"
UNCOMPRESSED = b"\x04"
Point = tuple[int, int] | None  # None is the point at infinity


class Unable(Exception):
    """This Python has no SM3."""


def _sm3(content: bytes) -> bytes:
    try:
        return hashlib.new("sm3", content).digest()
    except ValueError as error:
        raise Unable("this Python's OpenSSL has no SM3") from error


def _sum(one: Point, other: Point) -> Point:
    if one is None or other is None:
        return one or other
    if one[0] == other[0]:
        if (one[1] + other[1]) % P == 0:
            return None
        slope = (3 * one[0] * one[0] + A) * pow(2 * one[1], -1, P)
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, P)
    x = (slope * slope - one[0] - other[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P


def _times(factor: int, point: Point) -> Point:
    product: Point = None
    while factor:
        if factor & 1:
            product = _sum(product, point)
        point, factor = _sum(point, point), factor >> 1
    return product


def _told(number: int) -> bytes:
    return number.to_bytes(32, "big")


def digest(public: bytes, message: bytes) -> bytes:
    """The hash that is signed: SM3(ZA || message), with ZA over name, curve and public key (GB/T 32918.2, 5.5)."""
    curve = b"".join(map(_told, (A, B, *BASE)))
    za = _sm3((len(SIGNER) * 8).to_bytes(2, "big") + SIGNER + curve + public[1:])
    return _sm3(za + message)


def public_of(private: int) -> bytes:
    """The public key of a private one, 0x04 || x || y. Its time tells of the key: for making a key, not for signing."""
    point = _times(private, BASE)
    assert point is not None
    return UNCOMPRESSED + _told(point[0]) + _told(point[1])


def holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether this public key (0x04 || x || y) signed the message; the signature is r || s. Raises Unable."""
    if len(public) != 65 or public[:1] != UNCOMPRESSED or len(signature) != 64:
        return False
    x, y = (int.from_bytes(public[at : at + 32], "big") for at in (1, 33))
    if x >= P or y >= P or (y * y - x * x * x - A * x - B) % P:
        return False
    r, s = (int.from_bytes(signature[at : at + 32], "big") for at in (0, 32))
    t = (r + s) % ORDER
    if not (0 < r < ORDER and 0 < s < ORDER and t):
        return False
    found = _sum(_times(s, BASE), _times(t, (x, y)))
    e = int.from_bytes(digest(public, message), "big")
    return found is not None and (e + found[0]) % ORDER == r
