"""Work under way in the demo, done by its people through the real commands, so that no inbox begins empty."""

import uuid
from decimal import Decimal
from typing import Any

from services.workflow.commands.declare import add_evidence, begin, save_answers
from services.workflow.commands.steps import take_step
from services.workflow.domain.actor import Actor
from services.workflow.domain.standard import Criterion, FigureKind
from services.workflow.management.demo_people import acting
from services.workflow.queries.definitions import definition_of

# A page with one line of text; demo evidence says what it is.
EVIDENCE = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 50>>stream
BT /F1 18 Tf 72 760 Td (Laurel demo evidence) Tj ET
endstream
endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
STATEMENT = "示例：台账、制度与活动记录齐全，已在社区公开栏公示。"
# Points taken off the maximum, by criterion, so that no two declarations read the same.
DEDUCTIONS = {
    "yuehu": {"2.4": "0.25", "3.2": "0.25", "4.1": "0.50"},
    "jingui": {"1.4": "0.25", "5.4": "0.25"},
    "shuxiang": {"3.4": "0.50", "4.4": "0.25", "6.5": "0.25"},
    "linjiang": {"4.1": "0.25"},
    "dukou": {"2.3": "0.25", "5.2": "0.25"},
    "jiangqing": {"1.2": "0.25", "6.2": "0.50"},
}
HALF_FILLED = "yunqi"
FILED = ("yuehu", "jingui", "shuxiang")
ENDORSED = ("linjiang", "dukou")
RETURNED = "jiangqing"


def begin_work(edition_id: int, version_id: int) -> None:
    """Three declarations wait for their town, two for the office, one is returned, one is half filled in."""
    lines = [criterion for _, criterion in definition_of(version_id).standard.lines]
    cases = {name: _declare(edition_id, name, lines) for name in (*FILED, *ENDORSED, RETURNED)}
    _declare(edition_id, HALF_FILLED, lines[: len(lines) // 2])
    for name, case in cases.items():
        _step(case, "submit", acting(name))
    town = acting("wangjiang")
    for rank, name in enumerate(ENDORSED, start=1):
        _step(cases[name], "endorse", town, fields={"rank": rank})
    _step(
        cases[RETURNED],
        "return",
        town,
        reason="1.1 请补充党员活动联系卡发放名册；6.2 说明与佐证不一致，请更正。",
    )


def _step(case: int, step: str, by: Actor, *, reason: str = "", fields: dict[str, Any] | None = None) -> None:
    take_step("declaration", case, step, by=by, key=uuid.uuid4(), reason=reason, fields=fields)


def _declare(edition_id: int, name: str, criteria: list[Criterion]) -> int:
    clerk = acting(name)
    case: int = begin(edition_id, by=clerk, key=uuid.uuid4())["declaration"]
    off = DEDUCTIONS.get(name, {})
    answers = {criterion.code: _answer(criterion, off.get(criterion.code, "0")) for criterion in criteria}
    save_answers(case, answers, by=clerk)
    for criterion in criteria:
        for wanted in criterion.evidence:
            add_evidence(case, criterion.code, name=f"{wanted}.pdf", content=EVIDENCE, by=clerk)
    return case


def _answer(criterion: Criterion, off: str) -> dict[str, Any]:
    figures = {
        measure.code: {"numerator": "196", "denominator": "200"}
        if measure.kind is FigureKind.RATIO and (measure.needed or 0) < 100
        else {"numerator": "200", "denominator": "200"}
        if measure.kind is FigureKind.RATIO
        else {"value": str((measure.needed or Decimal(1)) + 15)}
        for measure in criterion.measures
    }
    return {"points": str(criterion.points - Decimal(off)), "statement": STATEMENT, "figures": figures}
