"""An edition played over HTTP by the demo's people, in small acts; each act finds its work in the inbox."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.journeys.client import Client, Form, log_in

Json = Any
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
CLEARING = ("dep-discipline", "dep-police", "dep-health")
SCORING = ("dep-org", "dep-civil", "dep-urban", "dep-peace", "dep-culture")
REFERENCE = "文明社区居委会创建"
COMMITTEE = tuple(f"committee{n}" for n in range(1, 6))


@dataclass
class Play:
    """The people of one run, and what happens between two acts (a fault test kills a process there)."""

    base: str
    logins: list[Json]
    between: Callable[[], None] = lambda: None
    people: dict[str, Client] = field(default_factory=dict)
    patience_s: float = 10  # how soon what is due has to happen
    acknowledged: list[Json] = field(default_factory=list)

    def as_(self, username: str) -> Client:
        self.between()
        if username not in self.people:
            self.people[username] = log_in(self.base, self.logins, username)
        return self.people[username]

    @property
    def edition(self) -> Json:
        """The reference programme's; the demo has others open."""
        editions = self.as_("office").everything("editions")
        return next(edition for edition in editions if edition["programme"] == REFERENCE)

    def standard(self) -> list[Json]:
        """The criteria of the edition's standard, flat."""
        told = self.as_("office").get(f"editions/{self.edition['id']}")
        return [
            criterion for indicator in told["standard"]["indicators"] for criterion in indicator["criteria"]
        ]


def declare(play: Play, username: str) -> int:
    """A clerk begins, answers every criterion with its figures and evidence, and files."""
    clerk = play.as_(username)
    made = clerk.post("declarations", {"edition": play.edition["id"]})
    case = made["id"]
    standard = play.standard()
    answers = {criterion["code"]: answer_to(criterion) for criterion in standard}
    clerk.put(f"declarations/{case}/answers", {"answers": answers})
    for criterion in standard:
        for wanted in criterion["evidence"]:
            play.between()
            form = Form({"criterion": criterion["code"]}, f"{wanted}.pdf", PDF)
            clerk.post(f"declarations/{case}/evidence", form)
    return int(case)


def answer_to(criterion: Json) -> Json:
    figures = {}
    for measure in criterion["measures"]:
        needed = measure["needed"] or "1"
        ratio = measure["kind"] == "ratio"
        figures[measure["code"]] = {"numerator": "100", "denominator": "100"} if ratio else {"value": needed}
    return {"points": criterion["points"], "statement": "示例：材料齐全。", "figures": figures}


def register(play: Play) -> dict[str, str]:
    """{unit: status of its honour}, as everybody reads it without a log-in."""
    honours = Client(play.base + "/api/v1/").everything("public/honours")
    return {honour["unit"]: honour["status"] for honour in honours}


def step(play: Play, username: str, kind: str, case: int, name: str, **body: object) -> Json:
    told = play.as_(username).post(f"{kind}s/{case}/steps/{name}", body)
    play.acknowledged.append({"id": case, "version": told["version"], "step": name})
    return told


def steps(play: Play, username: str, name: str, cases: list[int], **body: object) -> list[Json]:
    """One step on many cases; every one of them has to go."""
    rows = [{"id": case} for case in cases]
    told = play.as_(username).post("steps", {"step": name, "cases": rows, **body})
    assert all(row["ok"] for row in told["results"]), told
    play.acknowledged += [
        {"id": row["id"], "version": row["version"], "step": name} for row in told["results"]
    ]
    return list(told["results"])


def table(play: Play, cases: list[int]) -> Json:
    return play.as_("office").post("slates", {"edition": play.edition["id"], "cases": cases})


def decide_tasks(play: Play, username: str, verdict: str, findings: Callable[[Json], list[Json]]) -> int:
    """Answer every round task in a person's inbox."""
    person = play.as_(username)
    tasks = [item for item in person.everything("inbox") if item["kind"] == "round_task"]
    for item in tasks:
        play.between()
        task = person.get(f"tasks/{item['id']}")
        body = {"verdict": verdict, "findings": findings(task), "version": item["version"]}
        person.post(f"tasks/{item['id']}/decision", body, key=str(uuid.uuid4()))
    return len(tasks)


def nothing(task: Json) -> list[Json]:
    return []


def full_marks(task: Json) -> list[Json]:
    """Every own criterion of every line at its maximum."""
    return [
        {"case": line["case"], "criterion": criterion["code"], "points": criterion["points"]}
        for line in task["lines"]
        for criterion in task["criteria"]
    ]


def to_decision(play: Play, cases: list[int]) -> None:
    """From endorsed to decided: clearance, joint review, confirmation, scoring, vote, decision."""
    table(play, cases)
    for username in CLEARING:
        assert decide_tasks(play, username, "no_objection", nothing) == 1
    table(play, cases)
    for username in ("leading-group", "office"):
        assert decide_tasks(play, username, "agree", nothing) == 1
    steps(play, "committee1", "confirm", cases)
    table(play, cases)
    for username in SCORING:
        assert decide_tasks(play, username, "scored", full_marks) == 1
    table(play, cases)
    for username in COMMITTEE:
        assert decide_tasks(play, username, "for", nothing) == 1
    steps(play, "committee1", "decide", cases)


def publish(play: Play, cases: list[int]) -> int:
    """Draw up, prepare, and have a second person release a notice."""
    notice = play.as_("office").post(
        "notices",
        {
            "edition": play.edition["id"],
            "cases": cases,
            "title": "关于云岭区文明社区拟命名名单的公示",
            "text": "经自我申报、资格确认、组织评选，现将拟命名名单予以公示。",
        },
    )["id"]
    step(play, "office", "notice", notice, "prepare")
    step(play, "office2", "notice", notice, "release")
    return int(notice)


def advance_clock(play: Play, days: int) -> None:
    play.as_("office").post("demo/clock", {"advance_days": days})
