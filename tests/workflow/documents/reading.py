"""Reads a rendered paper back, with a library that had no part in drawing it."""

from io import BytesIO

import pypdf

from services.workflow.documents import papers
from services.workflow.documents.rendering import render
from tests.workflow.documents.cast import BARE

MM = 72 / 25.4


def opened(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf))


def page_texts(paper: papers.Paper) -> list[str]:
    """The words of each page, without the blanks that extraction puts between lines and spread letters."""
    return ["".join(page.extract_text().split()) for page in opened(render(paper, shelf=BARE)).pages]


def whole_text(paper: papers.Paper) -> str:
    return "".join(page_texts(paper))


def places_mm(page: pypdf.PageObject) -> dict[str, float]:
    """How far from the left edge each run of text begins."""
    places: dict[str, float] = {}

    def note(text: str, page_matrix: list[float], text_matrix: list[float], *_: object) -> None:
        places[text.strip()] = (text_matrix[4] * page_matrix[0] + page_matrix[4]) / MM

    page.extract_text(visitor_text=note)
    return places
