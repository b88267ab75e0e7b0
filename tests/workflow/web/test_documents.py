"""The list of official documents."""

import pytest

from services.workflow.models import DocumentFile
from tests.workflow.web.desk import Desk, words


def test_the_list_names_the_resolution_and_leads_to_it(d):
    paper = DocumentFile.objects.get(kind="resolution")

    shown = Desk("office").get("/documents")

    assert paper.number in words(shown)
    assert f'href="/documents/{paper.pk}"' in shown.text


def test_another_district_reads_nothing_of_it(d):
    paper = DocumentFile.objects.get(kind="resolution")

    assert paper.number not in words(Desk("north-office").get("/documents"))


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_costs_the_same_with_one_paper_and_with_three(d, django_assert_num_queries, more):
    paper = DocumentFile.objects.get(kind="resolution")
    for number in range(more):
        DocumentFile.objects.create(
            kind="resolution", number=f"示〔2026〕{number}号", edition=paper.edition, paper=paper.paper,
            made_by=paper.made_by, at=paper.at,
        )  # fmt: skip
    desk = Desk("office")

    with django_assert_num_queries(6):
        desk.get("/documents")
