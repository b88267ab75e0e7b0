"""Ten thousand totals of thirty criteria, each with its trace: plain, weighed by method, and from several marks."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from bench.place import Place
from bench.row import Row, at_most
from services.workflow.domain.moderating import moderated_score
from services.workflow.domain.scoring import Score, total
from services.workflow.domain.standard import Criterion, Indicator, Method, MethodWeight, Standard

TOTALS = 10_000
ROUNDS = 5
INDICATORS, CRITERIA = 6, 5
MOST_S = 1.0
JURORS = 7
METHODS = tuple(Method)


def standard() -> Standard:
    """Six indicators of five criteria, four points each; the methods take turns."""
    indicators = tuple(
        Indicator(
            str(i),
            "项",
            Decimal(4 * CRITERIA),
            tuple(Criterion(f"{i}.{c}", "条", Decimal(4), "d", method=METHODS[c]) for c in range(CRITERIA)),
        )
        for i in range(INDICATORS)
    )
    return Standard(Decimal(4 * CRITERIA * INDICATORS), indicators)


def rows(place: Place) -> Iterator[Row]:
    plain = standard()
    weights = tuple(MethodWeight(method, plain.total / len(METHODS)) for method in METHODS)
    weighed = replace(plain, method_weights=weights)
    scores = {code: Score(Decimal("3.75"), "d") for code in plain.by_code}
    marks = [Score(Decimal(mark) / 2, f"评委{mark}") for mark in range(JURORS)]
    settings = {"totals": TOTALS, "criteria": len(plain.criteria), "best_of": ROUNDS, "cores": 1}
    yield at_most("scoring", seconds(lambda: totals(plain, scores)), MOST_S, "s", **settings)
    yield at_most("scoring.weighed", seconds(lambda: totals(weighed, scores)), MOST_S, "s", **settings)
    settings = {"marks": JURORS, "means": TOTALS, "best_of": ROUNDS, "cores": 1}
    yield at_most("scoring.means", seconds(lambda: means(marks)), MOST_S, "s", **settings)


def totals(standard: Standard, scores: Mapping[str, Score]) -> None:
    for _ in range(TOTALS):
        total(standard, scores)


def means(marks: list[Score]) -> None:
    for _ in range(TOTALS):
        moderated_score(marks, drop_outliers=True)


def seconds(work: Callable[[], None]) -> float:
    """Processor time of the best round: the machine may be shared."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best
