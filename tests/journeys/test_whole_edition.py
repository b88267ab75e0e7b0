"""Three communities through a whole edition and the years after it, by HTTP calls alone.

听泉 is named at once; 松风 is returned for correction and named later; 竹里 is disqualified after a veto during the
notice. Two years on both re-reviews open by themselves: one title is retained, the other revoked.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys import edition as e
from tests.journeys.client import Answered, Client
from tests.journeys.product import ROOT, Product, running, wait_until


@pytest.fixture(scope="module")
def product(demo: Path, tmp_path_factory: pytest.TempPathFactory):
    with running(tmp_path_factory.mktemp("whole"), like=demo) as found:
        yield found


@pytest.mark.timeout(600)
def test_three_communities_through_an_edition_and_two_years(product: Product):
    play = e.Play(product.base, product.logins)

    play_story(play)

    ledgers_verify(play.as_("office"), product)
    assert e.register(play) == {"听泉社区": "held", "松风社区": "revoked"}


def play_story(play: e.Play) -> None:
    first = e.declare(play, "tingquan")
    returned = e.declare(play, "songfeng")
    vetoed = e.declare(play, "zhuli")
    for case, username in ((first, "tingquan"), (returned, "songfeng"), (vetoed, "zhuli")):
        e.step(play, username, "declaration", case, "submit")
    e.step(play, "songxi", "declaration", returned, "return", reason="请补充党员登记材料。")
    for rank, case in enumerate((first, vetoed), start=1):
        e.step(play, "songxi", "declaration", case, "endorse", rank=rank)

    named_first(play, first, vetoed)
    named_later(play, returned)
    two_years_on(play)


def named_first(play: e.Play, first: int, vetoed: int) -> None:
    e.to_decision(play, [first, vetoed])
    notice = e.publish(play, [first, vetoed])
    e.step(
        play,
        "dep-police",
        "declaration",
        vetoed,
        "raise_veto",
        reason="发生群体性治安事件。",
        ground="public_security",
        basis="云公函〔2026〕12号",
        event_on=play.as_("office").get("calendar")["today"],
    )
    e.step(play, "committee1", "declaration", vetoed, "disqualify", reason="一票否决成立，取消资格。")
    closed_notice(play, notice)
    [row] = e.steps(play, "office", "confer", [first])
    assert row["stage"] == "named"
    assert stage_of(play, vetoed) == "disqualified"


def named_later(play: e.Play, returned: int) -> None:
    e.step(play, "songfeng", "declaration", returned, "resubmit")
    e.step(play, "songxi", "declaration", returned, "endorse", rank=1)
    e.to_decision(play, [returned])
    closed_notice(play, e.publish(play, [returned]))
    [row] = e.steps(play, "office", "confer", [returned])
    assert row["stage"] == "named"


def closed_notice(play: e.Play, notice: int) -> None:
    """The clock passes the last day; the notice closes by itself within ten seconds."""
    e.advance_clock(play, 15)
    office = play.as_("office")
    wait_until(
        lambda: office.get(f"notices/{notice}")["status"] == "closed",
        "the notice did not close",
        seconds=play.patience_s,
    )


def stage_of(play: e.Play, case: int) -> str:
    return str(play.as_("office").get(f"declarations/{case}")["stage"])


def two_years_on(play: e.Play) -> None:
    e.advance_clock(play, 731)
    office = play.as_("office")
    wait_until(
        lambda: {h["status"] for h in office.everything("honours")} == {"under_review"},
        "the re-reviews did not open by themselves",
        seconds=play.patience_s,
    )
    by_unit = {honour["unit"]: honour["id"] for honour in office.everything("honours")}
    retained, revoked = by_unit["听泉社区"], by_unit["松风社区"]
    full = {criterion["code"]: criterion["points"] for criterion in play.standard()}
    office.post(f"honours/{retained}/scores", {"scores": full})
    e.step(play, "office", "honour", retained, "retain", reason="复评达标。")
    office.post(f"honours/{revoked}/scores", {"scores": dict.fromkeys(full, "1")})
    with pytest.raises(Answered) as refused:
        e.step(play, "office", "honour", revoked, "retain", reason="不达标也保持？")
    assert (refused.value.status, refused.value.code) == (422, "score.below_pass_mark")
    revocation(play, revoked)


def revocation(play: e.Play, honour: int) -> None:
    e.step(play, "office", "honour", honour, "warn", reason="工作滑坡。")
    e.step(
        play,
        "office",
        "honour",
        honour,
        "order_rectification",
        reason="限期整改。",
        points_text="补齐登记台账。",
    )
    [item] = [i for i in play.as_("songfeng").everything("inbox") if i["kind"] == "rectification"]
    e.step(play, "songfeng", "rectification", item["id"], "plan", plan="三个月内完成。")
    e.step(play, "songfeng", "rectification", item["id"], "report", report="已完成部分。")
    e.step(play, "office2", "rectification", item["id"], "reject", reason="复查仍不达标。")
    e.step(play, "office", "honour", honour, "propose_revocation", reason="整改后仍不达标。")
    e.step(play, "committee1", "honour", honour, "revoke", reason="决定取消称号。")


def ledgers_verify(office: Client, product: Product) -> None:
    """The verifier of the product's users: standard library only, from the API's answers alone."""
    script = ROOT / "deploy" / "verify_ledger.py"
    checked = subprocess.run(
        [sys.executable, "-I", str(script), "--base", product.base, f"--token={office.token}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path("/"),
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    log = [sys.executable, "-I", str(ROOT / "deploy" / "verify_log.py"), "--base", product.base]
    public = subprocess.run(log, capture_output=True, text=True, check=False, cwd=Path("/"))
    assert public.returncode == 0, public.stdout + public.stderr
    history = office.get(f"honours/{office.everything('honours')[0]['id']}/history")
    spoiled = json.loads(json.dumps(history))
    spoiled["items"][0]["target"] = "revoked"
    tampered = subprocess.run(
        [sys.executable, "-I", str(script), "-"],
        input=json.dumps(spoiled),
        capture_output=True,
        text=True,
        check=False,
    )
    assert tampered.returncode == 1, tampered.stdout
