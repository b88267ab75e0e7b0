"""What the database can keep of a text or a number, whatever it is for."""

import re
from collections.abc import Iterable, Mapping

# PostgreSQL's text takes no NUL, UTF-8 no half of a pair.
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
BIGGEST = 2**63 - 1


def unkeepable(given: object) -> str | None:
    """`text` or `number` for what cannot be kept, however deep it lies in what was given; None where all can be."""
    left = [given]
    while left:
        one = left.pop()
        if isinstance(one, str):
            if UNKEEPABLE.search(one):
                return "text"
        elif isinstance(one, int):
            if abs(one) > BIGGEST:
                return "number"
        elif isinstance(one, Mapping):
            left.extend((*one.keys(), *one.values()))
        elif isinstance(one, Iterable) and not isinstance(one, bytes):
            left.extend(one)
    return None
