"""Papers become PDF/A: data goes in as JSON, never as markup, and the same paper gives the same bytes."""

import json
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from services.workflow.documents import fonts, papers, qr, titles
from services.workflow.domain.refused import Refused

TEMPLATES = Path(__file__).parent / "templates"
STANDARD = "a-2b"
NOTICE_TITLE_CELLS = 24
NOT_DISPLAYED = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# What has no picture of its own or turns the reading order round must not stand in a document.
UNSEEN = frozenset({"Cc", "Co", "Cs"})
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
BLANKS = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")

Layout = Callable[[Any], dict[str, object]]


def render(paper: papers.Paper, *, shelf: fonts.FontShelf | None = None) -> bytes:
    """The paper as PDF/A-2b.

    Refused with `document.font_missing` where no Chinese font is found, and with `document.character_missing`
    where a character has no picture in any font: a paper never goes out without its characters.
    """
    shelf = shelf or fonts.shelf()
    template, layout = TEMPLATE_OF[type(paper)]
    words = _plain(asdict(paper))
    _check_characters(words)
    words |= layout(paper)
    faces = {kind: chosen._asdict() for kind, chosen in shelf.chosen().items()}
    inputs = {"paper": json.dumps(words, ensure_ascii=False), "faces": json.dumps(faces)}
    try:
        return _press(shelf).print(template, inputs, day=paper.dated)
    except typst.TypstError as error:
        raise _refusal(error) from error


class _Press:
    """One typesetter with its fonts, kept warm; it serves one paper at a time."""

    def __init__(self, shelf: fonts.FontShelf) -> None:
        self._lock = threading.Lock()
        self._compiler = typst.Compiler(root=TEMPLATES, font_paths=shelf.book, ignore_system_fonts=True)

    def print(self, template: str, inputs: dict[str, str], *, day: date) -> bytes:
        with self._lock:
            pdf = self._compiler.compile(
                input=TEMPLATES / template,
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=STANDARD,
                timestamp=datetime.combine(day, time(), UTC),
            )
        assert isinstance(pdf, bytes)
        return pdf


@lru_cache(maxsize=4)
def _press(shelf: fonts.FontShelf) -> _Press:
    return _Press(shelf)


def _official(paper: papers.OfficialPaper) -> dict[str, object]:
    lines = [line for part in paper.title for line in titles.balanced(part)]
    printed = (paper.printed or paper.dated).isoformat()
    return {"heading": " ".join(paper.title), "title": lines, "printed": printed}


def _resolution(paper: papers.Resolution) -> dict[str, object]:
    words = _official(paper)
    if paper.annex is not None:
        words["annex"] = _plain(asdict(paper.annex)) | {"lines": titles.balanced(paper.annex.title)}
    return words


def _revocation(paper: papers.RevocationDecision) -> dict[str, object]:
    return _official(paper) | {"annex_lines": titles.balanced(f"取消“{paper.honour}”称号单位名单")}


def _notice(paper: papers.NoticePaper) -> dict[str, object]:
    lines = titles.balanced(paper.title, cells=NOTICE_TITLE_CELLS)
    return {"heading": paper.title, "title_lines": lines, "qr": qr.svg(paper.verification_url)}


def _certificate(paper: papers.Certificate) -> dict[str, object]:
    return {"heading": f"{paper.holder} {paper.honour}", "qr": qr.svg(paper.register_url)}


def _minutes(paper: papers.Minutes) -> dict[str, object]:
    return {"heading": paper.title, "title_lines": titles.balanced(paper.title)}


TEMPLATE_OF: dict[type[papers.Paper], tuple[str, Layout]] = {
    papers.Resolution: ("resolution.typ", _resolution),
    papers.RectificationOrder: ("rectification.typ", _official),
    papers.RevocationDecision: ("revocation.typ", _revocation),
    papers.NoticePaper: ("notice.typ", _notice),
    papers.Certificate: ("certificate.typ", _certificate),
    papers.Minutes: ("minutes.typ", _minutes),
}


def _plain(value: Any) -> Any:
    """Values as JSON has them; line breaks inside a text become blanks, they are the layout's."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return points(value)
    return BLANKS.sub(" ", value) if isinstance(value, str) else value


def points(score: Decimal) -> str:
    """At least two decimals and never fewer than there are: 89.995 must not read as 90.00."""
    exact = score.normalize()
    places = max(2, -int(exact.as_tuple().exponent))
    return f"{exact:.{places}f}"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)


def _check_characters(words: dict[str, object]) -> None:
    for text in _texts(words):
        for character in text:
            if character in TURNING or unicodedata.category(character) in UNSEEN:
                raise _character_missing(character)


def _character_missing(character: str) -> Refused:
    shown = "�" if unicodedata.category(character) in UNSEEN or character in TURNING else character
    return Refused("document.character_missing", character=shown, codepoint=f"U+{ord(character):04X}")


def _refusal(error: typst.TypstError) -> Exception:
    """PDF/A forbids the empty box for a missing character; the typesetter names the text it stands in."""
    found = NOT_DISPLAYED.search(error.message)
    if found is None:
        return error
    text = ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
    return _character_missing(text[0])
