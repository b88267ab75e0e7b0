"""The papers of standing supervision get their numbers with the act."""

from services.workflow.models import DocumentFile, Rectification
from tests.workflow.cast import District, take


def test_the_order_is_a_document_with_points_deadline_and_number(d: District) -> None:
    take("honour", d.honour.pk, "open_rereview", d.people["office"])
    order = {"points_text": "1.1 补齐台账\n\n公开居务"}

    take("honour", d.honour.pk, "order_rectification", d.people["office"], reason="说明", **order)

    row = Rectification.objects.get()
    paper = DocumentFile.objects.get(kind="rectification")
    assert (paper.case_id, paper.number, paper.paper["points"]) == (
        row.pk,
        "sample〔2026〕4号",
        ["1.1 补齐台账", "公开居务"],
    )
    assert (paper.paper["deadline_on"], paper.paper["unit"]) == (row.deadline_on.isoformat(), "held社区")
