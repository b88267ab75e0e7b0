"""The gate before the public: where in a notice a number stands that must not be read by everybody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.workflow.domain.masking import finds_in


@dataclass(frozen=True)
class Exposed:
    """One find. `where` is title, text, signer, line:<position> or file:<position>; `path` leads on within a file."""

    where: str
    kind: str
    masked: str
    path: str = ""
    part: str = ""


def exposed_in(where: str, text: str) -> tuple[Exposed, ...]:
    return tuple(Exposed(where, str(find.kind), find.masked) for find in finds_in(text))


def exposed_in_words(words: Mapping[str, str]) -> tuple[Exposed, ...]:
    """Finds in texts by where they stand."""
    return tuple(one for where, text in words.items() for one in exposed_in(where, text))


def exposed_in_file(position: int, found: Iterable[Mapping[str, Any]]) -> tuple[Exposed, ...]:
    """Finds of a file as its scan has kept them."""
    return tuple(
        Exposed(f"file:{position}", str(one["kind"]), str(one["masked"]), str(one["path"]), str(one["part"]))
        for one in found
    )


def first_of(exposed: Sequence[Exposed]) -> dict[str, object]:
    """The particulars of a refusal: where the first one stands, what it is, and how many there are."""
    first = exposed[0]
    return {
        "where": first.where, "part": first.path, "what": first.kind, "masked": first.masked, "count": len(exposed),
    }  # fmt: skip
