"""Certificates and plaques of the cast's honour."""

import pytest

from services.workflow.documents.certificates import certificate_of, certificate_pdf, plaque_of, plaque_pdf
from services.workflow.domain.refused import Refused
from tests.workflow import cast
from tests.workflow.documents.reading import opened


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in opened(pdf).pages).split())


def test_a_certificate_names_holder_title_issuers_number_and_decision(d):
    honour = d.honour
    paper = certificate_of(honour)

    shown = text_of(certificate_pdf(honour))
    assert paper.issuers == tuple(honour.resolution.paper["issuers"])
    wanted = (paper.holder, honour.title, honour.number, honour.resolution.number, *paper.issuers)
    assert [part for part in wanted if part not in shown] == []
    assert paper.register_url.endswith(f"/register/{honour.number}")


def test_a_plaque_carries_title_issuers_number_and_day(d):
    honour = d.honour
    shown = text_of(plaque_pdf(honour))

    assert [
        part
        for part in (honour.title, honour.number, *plaque_of(honour).issuers, "2026年2月10日")
        if part not in shown
    ] == []


def test_the_level_stands_with_the_title(d):
    honour = d.honour
    honour.level = "五星"

    assert certificate_of(honour).honour == f"{honour.title}（五星）"


def test_a_title_that_is_held_no_more_has_neither(d):
    cast.take("honour", d.honour.pk, "relinquish", d.people["held"], reason="主动放弃")

    for made in (certificate_pdf, plaque_pdf):
        with pytest.raises(Refused, match=r"document\.no_file"):
            made(d.honour)


def test_the_same_certificate_is_made_once(d):
    assert certificate_pdf(d.honour) == certificate_pdf(d.honour)
