"""A programme played over HTTP from its admission to its last naming, by the demo's people.

What activity logs, surveys and record books will later feed goes through `measure`, as any feeder's figure will.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.journeys import edition as e
from tests.journeys.client import Answered, Form
from tests.journeys.product import Product, wait_until

Json = Any
SOURCE = "示例：台账"
COMPUTED = {
    *(
        "measured",
        "ratio",
        "yes_no",
        "proportional",
        "deduction",
        "all_or_nothing",
        "tiers",
        "zero_tolerance",
    ),
}
EVENTS = {"zero_tolerance", "deduction"}


@dataclass
class Run(e.Play):
    """The people of one programme's edition. `host` is the user name of whoever runs it."""

    host: str = "office"
    chosen: int = 0

    @property
    def edition(self) -> Json:
        return self.as_(self.host).get(f"editions/{self.chosen}")


def run_of(product: Product, code: str, host: str) -> Run:
    """The programme, admitted, with an edition open from yesterday on."""
    run = Run(product.base, product.logins, host=host)
    programme = admitted(run, code)
    editions = run.as_(host).get(f"editions?programme={programme}")["items"]
    run.chosen = editions[0]["id"] if editions else open_edition(run, programme)
    return run


def admitted(run: Run, code: str) -> int:
    """Proposed by its host and admitted by the leading group; a project notice runs out, a full year passes."""
    host = run.as_(run.host)
    row = next(row for row in host.everything("programmes") if row["code"] == code)
    programme = int(row["id"])
    if status_of(run, programme) == "draft":
        e.step(run, run.host, "programme", programme, "propose")
    if status_of(run, programme) == "proposed":
        try:
            e.step(run, "leading-group", "programme", programme, "admit")
        except Answered as refused:
            assert refused.code == "programme.cap_reached", refused.body
            e.advance_clock(run, 366)  # a district admits one new programme of its own a year
            e.step(run, "leading-group", "programme", programme, "admit")
    if status_of(run, programme) == "on_notice":
        e.advance_clock(run, 15)
    wait_until(lambda: status_of(run, programme) == "admitted", f"{code} was not admitted", seconds=20)
    return programme


def status_of(run: Run, programme: int) -> str:
    return str(run.as_(run.host).get(f"programmes/{programme}")["status"])


def today(run: Run) -> date:
    return date.fromisoformat(run.as_(run.host).get("calendar")["today"])


def open_edition(run: Run, programme: int) -> int:
    now = today(run)
    window = {"opens_at": f"{now - timedelta(1)}T00:00:00Z", "closes_at": f"{now + timedelta(90)}T00:00:00Z"}
    told = run.as_(run.host).post("editions", {"programme": programme, "year": now.year, **window})
    return int(told["id"])


def declare(run: Run, username: str, *, category: str = "") -> int:
    """A clerk begins, answers every criterion with the figures it asks for, and files."""
    clerk = run.as_(username)
    case = int(clerk.post("declarations", {"edition": run.chosen, "category": category})["id"])
    criteria = criteria_of(run, username, case)
    clerk.put(f"declarations/{case}/answers", {"answers": {c["code"]: answer_to(c) for c in criteria}})
    for criterion in criteria:
        for wanted in criterion["evidence"]:
            form = Form({"criterion": criterion["code"]}, f"{wanted}.pdf", e.PDF)
            clerk.post(f"declarations/{case}/evidence", form)
    e.step(run, username, "declaration", case, "submit")
    return case


def criteria_of(run: Run, username: str, case: int) -> list[Json]:
    """The criteria asked of this declaration: of its track and its category."""
    told = run.as_(username).get(f"declarations/{case}/standard")
    return [line for indicator in told["standard"]["indicators"] for line in indicator["criteria"]]


def answer_to(criterion: Json) -> Json:
    figures = {m["code"]: said(*meeting(criterion, m), m) for m in criterion["measures"]}
    return {"points": criterion["points"], "statement": "示例：材料齐全。", "figures": figures}


def meeting(criterion: Json, measure: Json) -> tuple[str, str]:
    """Numerator and denominator that meet a measure's threshold exactly, or count no event."""
    if measure["kind"] == "ratio":
        return measure["needed"] or "100", "100"
    return ("0", "1") if criterion["rule"] in EVENTS else (measure["needed"] or "1", "1")


def said(numerator: str, denominator: str, measure: Json) -> Json:
    ratio = measure["kind"] == "ratio"
    return {"numerator": numerator, "denominator": denominator} if ratio else {"value": numerator}


def measure(  # the one input of later feeders, with who enters it and for which case
    run: Run, username: str, case: int, criterion: Json, measure: Json, numerator: str, denominator: str
) -> None:
    body = {"criterion": criterion["code"], "measure": measure["code"], "source": SOURCE}
    body |= said(numerator, denominator, measure)
    run.as_(username).post(f"declarations/{case}/measures", body)


def measure_all(run: Run, username: str, case: int, criteria: list[Json]) -> None:
    """Every figure behind these criteria, each exactly at its threshold."""
    for criterion in criteria:
        if criterion["rule"] in COMPUTED:
            for asked in criterion["measures"]:
                measure(run, username, case, criterion, asked, *meeting(criterion, asked))


def mark(criterion: Json) -> Json:
    """Full points where a person judges; what is computed follows from its figures."""
    return None if criterion["rule"] in COMPUTED else criterion["points"]


def check(run: Run, username: str, cases: list[int]) -> None:
    """A self-check (自查) of a body that scores every criterion before it takes the case on."""
    for case in cases:
        criteria = criteria_of(run, username, case)
        measure_all(run, username, case, criteria)
        marks = {criterion["code"]: mark(criterion) for criterion in criteria}
        run.as_(username).post(f"declarations/{case}/scores", {"scores": marks})


def assess(run: Run, cases: list[int], scorers: tuple[str, ...]) -> None:
    """The host tables the cases; every scorer enters figures and marks for each."""
    run.as_(run.host).post("slates", {"edition": run.chosen, "cases": cases})
    for username in scorers:
        person = run.as_(username)
        [item] = [item for item in person.everything("inbox") if item["kind"] == "round_task"]
        task = person.get(f"tasks/{item['id']}")
        findings = []
        for case in (line["case"] for line in task["lines"]):
            asked = {criterion["code"] for criterion in criteria_of(run, username, case)}
            mine = [criterion for criterion in task["criteria"] if criterion["code"] in asked]
            measure_all(run, username, case, mine)
            findings += [{"case": case, "criterion": c["code"], "points": mark(c)} for c in mine]
        body = {"verdict": "scored", "findings": findings, "version": item["version"]}
        person.post(f"tasks/{item['id']}/decision", body)


def publish(run: Run, second: str, cases: list[int], *, first: str = "") -> None:
    """A notice drawn up by one person and released by another; its days pass."""
    drafter = first or run.host
    made = run.as_(drafter).post(
        "notices", {"edition": run.chosen, "cases": cases, "title": "示例公示", "text": "示例：现予公示。"}
    )
    notice = int(made["id"])
    e.step(run, drafter, "notice", notice, "prepare")
    e.step(run, second, "notice", notice, "release")
    e.advance_clock(run, 15)
    wait_until(
        lambda: run.as_(drafter).get(f"notices/{notice}")["status"] == "closed",
        "the notice did not close",
        seconds=20,
    )


def stages(run: Run, cases: list[int]) -> set[str]:
    return {str(run.as_(run.host).get(f"declarations/{case}")["stage"]) for case in cases}


def honour_of(run: Run, username: str, title: str) -> Json:
    """What a unit holds, as the unit itself sees it."""
    [honour] = [row for row in run.as_(username).everything("honours") if row["title"] == title]
    return honour
