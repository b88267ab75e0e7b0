"""Which characters may stand in a paper: a paper never goes out with one that nobody can see."""

import re
import unicodedata
from collections.abc import Iterator

from services.workflow.domain.refused import Refused

# Without a picture of its own, private to one machine, or half of a pair: control, private use, surrogate.
UNSEEN = frozenset({"Cc", "Co", "Cs"})
# These turn the reading order round, so that a paper could read otherwise than it was written.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
NOT_DISPLAYED = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def check(words: object) -> None:
    """Refuse what no font could show, anywhere in these nested values."""
    for text in _texts(words):
        for character in text:
            if _is_unseen(character):
                raise missing(character)


def missing(character: str) -> Refused:
    """The refusal that names a character; one that cannot be seen is named by its number alone."""
    shown = "\ufffd" if _is_unseen(character) else character
    return Refused("document.character_missing", character=shown, codepoint=f"U+{ord(character):04X}")


def not_displayed(message: str) -> Refused | None:
    """The refusal for what the typesetter says of a character that no installed font has.

    PDF/A forbids the empty box, so the typesetter stops and names the text it would have stood in.
    """
    found = NOT_DISPLAYED.search(message)
    if found is None:
        return None
    return missing(ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])[0])


def _is_unseen(character: str) -> bool:
    return character in TURNING or unicodedata.category(character) in UNSEEN


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
