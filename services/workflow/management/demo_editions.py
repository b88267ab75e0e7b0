"""Editions of the further programmes in the demo: open for declaring, with a case or two under way."""

import uuid
from datetime import timedelta
from typing import Any

from services.workflow.commands.declare import add_evidence, begin, save_answers
from services.workflow.commands.programmes import open_edition
from services.workflow.commands.steps import take_step
from services.workflow.domain.calendar import shanghai_date, start_of_day
from services.workflow.domain.standard import Bound, Criterion, FigureKind, Measure, RuleKind
from services.workflow.management.demo_people import acting
from services.workflow.management.demo_work import EVIDENCE, STATEMENT
from services.workflow.models import Declaration
from services.workflow.queries.clock import now
from services.workflow.queries.definitions import declaration_definition

# Who opens which; the sixth stays a draft, for a district admits one new programme a year.
HOSTS = {
    "wenming-001": "tingquan-group",
    "hexie-002": "guidance",
    "meili-003": "city-civil",
    "dangjian-004": "songxi",
}
OPEN_AFTER_DAYS = 90
# Declarations that wait for their town: (who declares, in which category).
FILED = {"hexie-002": ("shuxiang", ""), "meili-003": ("jingui", "new")}
EVENTS = (RuleKind.ZERO_TOLERANCE, RuleKind.DEDUCTION)


def open_editions(programmes: dict[str, int]) -> None:
    """Admit and open what has a host of its own, and declare in two of them."""
    for code, host in HOSTS.items():
        edition = _open(programmes[code], host)
        if code in FILED:
            _declare(edition, *FILED[code])


def _open(programme: int, host: str) -> int:
    by = acting(host)
    take_step("programme", programme, "propose", by=by, key=uuid.uuid4())
    take_step("programme", programme, "admit", by=acting("leading-group"), key=uuid.uuid4())
    today = shanghai_date(now())
    opened: int = open_edition(
        programme,
        year=today.year,
        opens_at=start_of_day(today),
        closes_at=start_of_day(today + timedelta(days=OPEN_AFTER_DAYS)),
        by=by,
        key=uuid.uuid4(),
    )["edition"]
    return opened


def _declare(edition: int, username: str, category: str) -> None:
    clerk = acting(username)
    case: int = begin(edition, category=category, by=clerk, key=uuid.uuid4())["declaration"]
    row = Declaration.objects.select_related("edition").get(pk=case)
    criteria = declaration_definition(row).standard.criteria
    save_answers(case, {criterion.code: _answer(criterion) for criterion in criteria}, by=clerk)
    for criterion in criteria:
        for wanted in criterion.evidence:
            add_evidence(case, criterion.code, name=f"{wanted}.pdf", content=EVIDENCE, by=clerk)
    take_step("declaration", case, "submit", by=clerk, key=uuid.uuid4())


def _answer(criterion: Criterion) -> dict[str, Any]:
    figures = {measure.code: _figure(criterion, measure) for measure in criterion.measures if measure.asked}
    return {"points": str(criterion.points), "statement": STATEMENT, "figures": figures}


def _figure(criterion: Criterion, measure: Measure) -> dict[str, str]:
    """What meets the threshold: all of them, no event, a yes."""
    none = criterion.rule in EVENTS or measure.bound is Bound.AT_MOST
    if measure.kind is FigureKind.RATIO:
        return {"numerator": "0" if none else "200", "denominator": "200"}
    return {"value": "0" if none else str(1 if measure.needed is None else measure.needed)}
