"""Four years of four titles, by HTTP calls alone; only the programme's file is loaded beforehand.

听泉 passes both its re-reviews. 松风 is warned, puts right what was ordered and is retained two years later. 竹里 lets
its deadline pass and loses the title, and may not declare until its ban is over. 云栖 is warned after an incident and
lapses when its term ends.
"""

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.journeys import edition as e
from tests.journeys import programmes as p
from tests.journeys.client import Answered, Client
from tests.journeys.product import OF_THE_TESTS, ROOT, Product, running, wait_until
from tests.journeys.test_whole_edition import closed_notice, ledgers_verify

SHIPPED = ROOT / "services/workflow/programmes/wenming-000"
CODE, TITLE = "wenming-years", "文明示范社区"
# What the reference programme leaves open: a term of three years, a year's ban, a vote on a revocation, an entry of the
# negative list.
RULES = """
[[negative_list]]
code = "fire"
name = "较大火灾"
owner = "dep-police"

[supervision]
term_years = 3
ban_years = 1
revocation_vote = { quorum = "2/3", passes = "majority" }
"""
RENAMED = {
    'code = "wenming-000"': f'code = "{CODE}"',
    'name = "文明社区居委会创建"': 'name = "文明示范社区创建"',
    'title = "文明社区"': f'title = "{TITLE}"',
    "\n[supervision]\n": RULES,
}
YEAR = 366
Named = dict[str, int]


@pytest.fixture(scope="module")
def product(demo: Path, tmp_path_factory: pytest.TempPathFactory):
    with running(tmp_path_factory.mktemp("years"), like=demo) as found:
        load_programme(found)
        yield found


def load_programme(product: Product) -> None:
    """`manage.py programme load`, as whoever runs the product brings in a programme of theirs."""
    text = (SHIPPED / "programme.toml").read_text(encoding="utf-8")
    for before, after in RENAMED.items():
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    file = product.data / "wenming-years.toml"
    file.write_text(text, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
    loading = [sys.executable, "manage.py", "programme", "load", str(file)]
    subprocess.run(
        [*loading, "--standard", str(SHIPPED / "standard-example.xlsx")],
        cwd=ROOT,
        env={**environment, "DATA_DIR": str(product.data)},
        check=True,
        capture_output=True,
    )


@pytest.mark.timeout(600)
def test_four_titles_over_four_years(product: Product) -> None:
    run = p.run_of(product, CODE, "office")

    named = first_year(run)
    began = p.today(run)
    incident(run, named["云栖社区"])
    second_year(run, began, named)
    third_year(run, began, named)
    fourth_year(run, began, named)

    assert e.register(run) == {
        "听泉社区": "held",
        "松风社区": "held",
        "竹里社区": "revoked",
        "云栖社区": "lapsed",
    }
    assert lives(run, named) == LIVES
    ledgers_verify(run.as_("office"), product)


LIVES = {
    "听泉社区": ["create", "open_rereview", "retain", "open_rereview", "retain"],
    "松风社区": [
        "create", "open_rereview", "warn", "order_rectification", "retain", "open_rereview", "retain",
    ],
    "竹里社区": [
        "create", "open_rereview", "warn", "order_rectification", "propose_revocation", "revoke", "return_plaque",
    ],
    "云栖社区": ["create", "open_rereview", "warn", "lapse"],
}  # fmt: skip


def lives(run: p.Run, named: Named) -> dict[str, list[str]]:
    """{unit: the steps of its title, in their order}."""
    office = run.as_("office")
    return {
        unit: [entry["step"] for entry in office.everything(f"honours/{honour}/history")]
        for unit, honour in named.items()
    }


def first_year(run: p.Run) -> Named:
    """Four communities of one town are declared, endorsed, decided on, put before the public and named."""
    cases = []
    for rank, clerk in enumerate(("tingquan", "songfeng", "zhuli", "yunqi"), start=1):
        case = e.declare(run, clerk)
        e.step(run, clerk, "declaration", case, "submit")
        e.step(run, "songxi", "declaration", case, "endorse", rank=rank)
        cases.append(case)
    e.to_decision(run, cases)
    closed_notice(run, e.publish(run, cases))
    e.steps(run, "office", "confer", cases)
    rows = run.as_("office").everything("honours")
    return {row["unit"]: row["id"] for row in rows if row["title"] == TITLE}


def incident(run: p.Run, honour: int) -> None:
    """A year and a half on something happens; what is still to come is not taken, what happened opens a re-review."""
    pass_days(run, 540)
    unit = run.as_("office").get(f"honours/{honour}")["unit_id"]
    police = run.as_("dep-police")
    report = {"unit": unit, "kind": "fire", "basis": "云消〔2027〕3号"}
    with pytest.raises(Answered) as refused:
        police.post("incidents", {**report, "happened_on": str(p.today(run) + timedelta(1))})
    assert (refused.value.status, refused.value.code) == (422, "incident.in_future")
    assert status(run, honour) == "held"

    told = police.post("incidents", {**report, "happened_on": str(p.today(run))})

    assert (told["rereviews"], status(run, honour)) == ([honour], "under_review")
    e.step(run, "office", "honour", honour, "warn", reason="发生火灾，予以警告。")


def second_year(run: p.Run, began: date, named: Named) -> None:
    """Two years after the naming three re-reviews open by themselves, and come to three outcomes."""
    reviewed = {named[unit] for unit in ("听泉社区", "松风社区", "竹里社区")}
    pass_days(run, (began - p.today(run)).days + 2 * YEAR)
    wait_until(
        lambda: {each for each in named.values() if status(run, each) == "under_review"} == reviewed,
        "the re-reviews did not open by themselves",
        seconds=run.patience_s,
    )
    retained(run, named["听泉社区"])
    orders = {unit: ordered(run, named[unit]) for unit in ("松风社区", "竹里社区")}
    put_right(run, orders["松风社区"], named["松风社区"])
    e.step(run, "zhuli", "rectification", orders["竹里社区"], "plan", plan="争取年底前完成。")
    pass_days(run, 120)
    taken_away(run, orders["竹里社区"], named["竹里社区"])
    assert barred_from_declaring(run)


def third_year(run: p.Run, began: date, named: Named) -> None:
    """Three years after the naming a term ends; when the ban is over, the unit may declare again."""
    assert status(run, named["云栖社区"]) == "warned"
    pass_days(run, (began - p.today(run)).days + 3 * YEAR)
    reaches(run, named["云栖社区"], "lapsed")
    pass_days(run, YEAR // 2)
    assert not barred_from_declaring(run)


def fourth_year(run: p.Run, began: date, named: Named) -> None:
    """Four years after the naming both titles that are left come up again, and stay."""
    pass_days(run, (began - p.today(run)).days + 4 * YEAR)
    for honour in (named["听泉社区"], named["松风社区"]):
        reaches(run, honour, "under_review")
        retained(run, honour)


def retained(run: p.Run, honour: int) -> None:
    full = {criterion["code"]: criterion["points"] for criterion in run.standard()}
    assert run.as_("office").post(f"honours/{honour}/scores", {"scores": full})["passed"]
    e.step(run, "office", "honour", honour, "retain", reason="复评达标。")


def ordered(run: p.Run, honour: int) -> int:
    """Warned, then told by when what has to be put right; the order's id."""
    e.step(run, "office", "honour", honour, "warn", reason="工作滑坡。")
    words = {"reason": "限期整改。", "points_text": "补齐登记台账。"}
    e.step(run, "office", "honour", honour, "order_rectification", **words)
    return int(run.as_("office").get(f"honours/{honour}")["rectifications"][-1])


def put_right(run: p.Run, order: int, honour: int) -> None:
    """Planned, done, and inspected by somebody else than who ordered it."""
    e.step(run, "songfeng", "rectification", order, "plan", plan="一个月内补齐。")
    e.step(run, "songfeng", "rectification", order, "report", report="已补齐。")
    assert refused(run, "office", "rectification", order, "accept") == (422, "rectification.ordered_by_you")
    e.step(run, "office2", "rectification", order, "accept", reason="现场复查合格。")
    assert status(run, honour) == "held"


def taken_away(run: p.Run, order: int, honour: int) -> None:
    """Past its deadline: proposed by the office, decided by the committee, told to the public, the plaque back."""
    e.step(run, "office", "rectification", order, "reject", reason="逾期未整改。")
    e.step(run, "office", "honour", honour, "propose_revocation", reason="逾期未整改。")
    assert refused(run, "office", "honour", honour, "revoke") == (403, "step.not_yours")
    vote = {"reason": "决定取消称号。", "abstain": 1}
    lost = refused(run, "committee1", "honour", honour, "revoke", **vote, in_favour=2, against=2)
    assert lost == (422, "honour.vote_not_carried")
    e.step(run, "committee1", "honour", honour, "revoke", **vote, in_favour=4, against=0)
    announced(run, honour)
    today = str(p.today(run))
    e.step(run, "office", "honour", honour, "return_plaque", on=today, returned_by="何秋白")


def announced(run: p.Run, honour: int) -> None:
    """The office draws up the notice, a second person releases it, and everybody reads it without a log-in."""
    words = {"title": "关于取消文明示范社区称号的公告", "text": "经研究决定，取消下列单位称号。"}
    row = run.as_("office").get(f"honours/{honour}")
    drawn = {"edition": row["edition_id"], "cases": [honour], "subject": "revocation", **words}
    notice = run.as_("office").post("notices", drawn)["id"]
    e.step(run, "office", "notice", notice, "prepare")
    e.step(run, "office2", "notice", notice, "release")
    told = Client(run.base + "/api/v1/").get(f"public/notices/{notice}")
    assert [line["unit"] for line in told["lines"]] == ["竹里社区"]


def barred_from_declaring(run: p.Run) -> bool:
    """Whether the unit whose title was revoked is kept from filing in an edition of this year."""
    programme = run.edition["programme_id"]
    run.chosen = p.open_edition(run, programme)
    case = e.declare(run, "zhuli")
    try:
        e.step(run, "zhuli", "declaration", case, "submit")
    except Answered as told:
        assert (told.status, told.code) == (422, "declaration.banned")
        return True
    return False


def refused(
    run: p.Run, username: str, kind: str, case: int, name: str, **body: object
) -> tuple[int, str | None]:
    with pytest.raises(Answered) as answer:
        e.step(run, username, kind, case, name, **{"reason": "不应由其办理。", **body})
    return answer.value.status, answer.value.code


def pass_days(run: p.Run, days: int) -> None:
    e.advance_clock(run, days)


def status(run: p.Run, honour: int) -> Any:
    return run.as_("office").get(f"honours/{honour}")["status"]


def reaches(run: p.Run, honour: int, wanted: str) -> None:
    wait_until(
        lambda: status(run, honour) == wanted, f"{honour} is not {wanted} by itself", seconds=run.patience_s
    )
