"""Agreeing to several cases at once."""

from tests.workflow import cast
from tests.workflow.web.desk import Desk, words


def ticks(d, *codes):
    return [f"{d.cases[code]}:{d.case(code).version}" for code in codes]


def confirm(desk, shown, cases, **fields):
    key = shown.text.partition('name="key" value="')[2].partition('"')[0]
    step = shown.text.partition('name="step" value="')[2].partition('"')[0]
    return desk.post("/inbox/batch", case=cases, key=key, step=step, confirmed="1", **fields)


def test_a_preview_names_who_goes_on_and_who_is_skipped_and_changes_nothing(d):
    cast.file(d, "idle")
    stale = f"{d.cases['idle']}:1"
    shown = words(Desk("songxi").post("/inbox/batch", case=[*ticks(d, "preliminary"), stale]))

    assert "跳过 1 项 idle社区" in shown and "办理 1 项 preliminary社区" in shown
    assert d.case("preliminary").stage == "preliminary_review"


def test_the_result_comes_row_by_row(d):
    cast.file(d, "idle")
    desk, cases = Desk("songxi"), ticks(d, "preliminary", "idle")
    shown = desk.post("/inbox/batch", case=cases)
    cast.take("declaration", d.cases["idle"], "return", d.people["songxi2"], reason="缺照片")

    result = words(confirm(desk, shown, cases, opinion="同意"))

    assert (d.case("preliminary").stage, d.case("idle").stage) == ("eligibility", "returned")
    assert "preliminary社区 已办理，进入资格确认" in result and "idle社区" in result


def test_a_confirmed_batch_sent_again_changes_nothing_more(d):
    desk, cases = Desk("songxi"), ticks(d, "preliminary")
    shown = desk.post("/inbox/batch", case=cases)
    first = confirm(desk, shown, cases)
    again = confirm(desk, shown, cases)

    assert (first.status_code, words(again), d.case("preliminary").version) == (200, words(first), 3)


def test_cases_of_another_leg_are_skipped(d):
    shown = words(Desk("committee1").post("/inbox/batch", case=ticks(d, "confirmation", "decision")))

    assert "跳过 1 项 decision社区" in shown and "办理 1 项 confirmation社区" in shown


def test_cases_of_others_are_skipped_whole(d):
    shown = Desk("guihua").post("/inbox/batch", case=ticks(d, "preliminary"))

    assert "preliminary社区" not in shown.text and 'name="confirmed"' not in shown.text


def test_a_step_that_does_not_agree_is_no_batch(d):
    answer = Desk("songxi").post(
        "/inbox/batch", case=ticks(d, "preliminary"), step="decline", confirmed="1", key="x"
    )

    assert (answer.status_code, d.case("preliminary").stage) == (404, "preliminary_review")


def test_nothing_ticked_leads_back(d):
    assert Desk("songxi").post("/inbox/batch")["Location"] == "/"


def test_a_tick_that_cannot_be_read_is_refused(d):
    assert Desk("songxi").post("/inbox/batch", case=["x:y"]).status_code == 400
