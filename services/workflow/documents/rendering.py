"""Papers become PDF/A: data goes in as JSON, never as markup, and the same paper gives the same bytes."""

import json
import os
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Final

import typst

from services.workflow.documents import characters, fonts, papers, qr, titles

TEMPLATES = Path(__file__).parent / "templates"
STANDARD: Final = "a-2b"
NOTICE_TITLE_CELLS = 24
MAX_PRESSES = 4
BLANKS = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")

Layout = Callable[[Any], dict[str, object]]


def render(paper: papers.Paper, *, shelf: fonts.FontShelf | None = None) -> bytes:
    """The paper as PDF/A-2b.

    Refused with `document.font_missing` where no Chinese font is found, and with `document.character_missing`
    where a character has no picture in any font: a paper never goes out without its characters.
    """
    pdf = _printed(paper, shelf or fonts.shelf(), format="pdf", pdf_standards=STANDARD)
    assert isinstance(pdf, bytes)
    return pdf


def pictures(paper: papers.Paper, *, shelf: fonts.FontShelf | None = None, ppi: float = 72) -> list[bytes]:
    """Every page as a PNG, with so many pixels to an inch. Refused as `render` refuses."""
    pages = _printed(paper, shelf or fonts.shelf(), format="png", ppi=ppi)
    return [pages] if isinstance(pages, bytes) else list(pages)


def _printed(paper: papers.Paper, shelf: fonts.FontShelf, **form: Any) -> Any:
    template, layout = TEMPLATE_OF[type(paper)]
    words = plain(asdict(paper))
    characters.check(words)
    words |= plain(layout(paper))
    faces = {kind: chosen._asdict() for kind, chosen in shelf.chosen().items()}
    inputs = {"paper": json.dumps(words, ensure_ascii=False), "faces": json.dumps(faces)}
    try:
        return _press_room(shelf).print(template, inputs, day=paper.dated, form=form)
    except typst.TypstError as error:
        raise characters.not_displayed(error.message) or error from error


def render_all(sheaf: Sequence[papers.Paper], *, shelf: fonts.FontShelf | None = None) -> list[bytes]:
    """Many papers, in their order, on all processors: the typesetter works outside Python's lock."""
    with ThreadPoolExecutor(max_workers=min(MAX_PRESSES, os.cpu_count() or 1)) as hands:
        return list(hands.map(lambda paper: render(paper, shelf=shelf), sheaf))


class _PressRoom:
    """Warm typesetters over one shelf of fonts; each serves one paper at a time, and is kept for the next."""

    def __init__(self, shelf: fonts.FontShelf) -> None:
        self._shelf = shelf
        self._idle: SimpleQueue[typst.Compiler] = SimpleQueue()

    def print(self, template: str, inputs: dict[str, str], *, day: date, form: dict[str, Any]) -> Any:
        press = self._take()
        try:
            return press.compile(
                input=TEMPLATES / template,
                sys_inputs=inputs,
                timestamp=datetime.combine(day, time(), UTC),
                **form,
            )
        finally:
            self._idle.put(press)

    def _take(self) -> typst.Compiler:
        try:
            return self._idle.get_nowait()
        except Empty:
            return typst.Compiler(root=TEMPLATES, font_paths=self._shelf.book, ignore_system_fonts=True)


@lru_cache(maxsize=4)
def _press_room(shelf: fonts.FontShelf) -> _PressRoom:
    return _PressRoom(shelf)


def _official(paper: papers.OfficialPaper) -> dict[str, object]:
    lines = [line for part in paper.title for line in titles.balanced(part)]
    printed = (paper.printed or paper.dated).isoformat()
    return {"heading": " ".join(paper.title), "title": lines, "printed": printed}


def _resolution(paper: papers.Resolution) -> dict[str, object]:
    words = _official(paper)
    if paper.annex is not None:
        words["annex"] = plain(asdict(paper.annex)) | {"lines": titles.balanced(paper.annex.title)}
    return words


def _revocation(paper: papers.RevocationDecision) -> dict[str, object]:
    return _official(paper) | {"annex_lines": titles.balanced(f"取消“{paper.honour}”称号单位名单")}


def _notice(paper: papers.NoticePaper) -> dict[str, object]:
    lines = titles.balanced(paper.title, cells=NOTICE_TITLE_CELLS)
    return {"heading": paper.title, "title_lines": lines, "qr": qr.svg(paper.verification_url)}


def _certificate(paper: papers.Certificate) -> dict[str, object]:
    return {"heading": f"{paper.holder} {paper.honour}", "qr": qr.svg(paper.register_url)}


def _plaque(paper: papers.Plaque) -> dict[str, object]:
    return {"heading": f"{paper.honour} {paper.holder}", "qr": qr.svg(paper.register_url)}


def _minutes(paper: papers.Minutes) -> dict[str, object]:
    return {"heading": paper.title, "title_lines": titles.balanced(paper.title)}


TEMPLATE_OF: dict[type[papers.Paper], tuple[str, Layout]] = {
    papers.Resolution: ("resolution.typ", _resolution),
    papers.RectificationOrder: ("rectification.typ", _official),
    papers.RevocationDecision: ("revocation.typ", _revocation),
    papers.NoticePaper: ("notice.typ", _notice),
    papers.Certificate: ("certificate.typ", _certificate),
    papers.Plaque: ("plaque.typ", _plaque),
    papers.Minutes: ("minutes.typ", _minutes),
}


def plain(value: Any, *, day: Callable[[date], str] = date.isoformat) -> Any:
    """Values as JSON has them, days in the form asked for; line breaks inside a text are the layout's: blanks."""
    if isinstance(value, dict):
        return {key: plain(inner, day=day) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner, day=day) for inner in value]
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return points(value)
    return BLANKS.sub(" ", value) if isinstance(value, str) else value


def points(score: Decimal) -> str:
    """At least two decimals and never fewer than there are: 89.995 must not read as 90.00."""
    exact = score.normalize()
    places = max(2, -int(exact.as_tuple().exponent))
    return f"{exact:.{places}f}"
