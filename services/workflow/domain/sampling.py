"""Which cases of a delegated leg are looked at again (抽查): drawn by a secret seed, recomputable afterwards.

The seed's SHA-256 is published when the edition opens, the seed itself once its last case has left the leg:
nobody can foresee the draw, and everybody can check it.
"""

import hashlib

DRAWN_FROM = 2**64


def draw_number(seed: str, leg_key: str, case_id: int) -> int:
    """A number below 2^64: the first eight bytes of the SHA-256 of "seed:leg:case"."""
    digest = hashlib.sha256(f"{seed}:{leg_key}:{case_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def drawn(seed: str, leg_key: str, case_id: int, percent: int) -> bool:
    """Whether a case is drawn at a leg that sees so many of a hundred; the seed is the edition's, as text."""
    return draw_number(seed, leg_key, case_id) * 100 < percent * DRAWN_FROM


def seed_hash(seed: str) -> str:
    """What is published of a seed before it is told."""
    return hashlib.sha256(seed.encode()).hexdigest()
