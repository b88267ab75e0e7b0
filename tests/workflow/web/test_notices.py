"""The office's side of a notice: drawn up, previewed, released by a second person, closed."""

import datetime as dt

import pytest

from services.workflow.commands.objections import lodge
from services.workflow.domain.programme_rules import NoticeRule
from services.workflow.domain.refused import Refused
from services.workflow.models import CalendarYear, Notice
from services.workflow.wording.refusals import refusal_text
from tests.workflow import cast
from tests.workflow.cast import take
from tests.workflow.web.desk import Desk, hidden, summary, words

TITLE, TEXT = "关于示例社区拟命名名单的公示", "现予公示"


def new(d):
    return f"/editions/{d.edition}/notices/new"


def ticked(d):
    row = d.case("notice")
    return {"case": [f"{row.pk}:{row.version}"], "title": TITLE, "text": TEXT}


@pytest.fixture
def drawn(d):
    return cast.draw_up(d, [d.cases["notice"]])


def test_the_page_shows_the_period_before_anything_is_released(d):
    shown = Desk("office").get(new(d))

    days = [f'datetime="2026-03-0{day}"' in shown.text for day in range(2, 10)]
    assert days == [True] * 8
    assert "notice社区" in words(shown)


def test_a_notice_is_drawn_up_of_those_ticked(d):
    answer = Desk("office").send(new(d), **ticked(d))

    notice = Notice.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (302, f"/notices/{notice.pk}/edit")
    assert (notice.title, notice.lines.get().declaration_id) == (TITLE, d.cases["notice"])


def test_an_empty_title_is_named_and_the_text_kept(d):
    answer = Desk("office").send(new(d), **{**ticked(d), "title": " "})

    assert answer.status_code == 422
    assert summary(answer) == [refusal_text(Refused("field.missing", field="title"))]
    assert TEXT in answer.text


def test_a_unit_that_changed_meanwhile_is_shown_first(d):
    answer = Desk("office").send(new(d), **{**ticked(d), "case": [f"{d.cases['notice']}:1"]})

    assert answer.status_code == 409
    assert 'class="overtaken"' in answer.text


@pytest.mark.parametrize("who", ["songxi", "committee1", "north-office"])
def test_nobody_else_draws_up_a_notice(d, who):
    assert Desk(who).get(new(d)).status_code == 403


def test_whoever_prepared_it_cannot_release_it(d, drawn):
    desk = Desk("office")
    desk.send(f"/notices/{drawn}/edit/prepare")

    own, other = desk.get(f"/notices/{drawn}/edit"), Desk("office2").get(f"/notices/{drawn}/edit")

    release = f'href="/notices/{drawn}/edit/release"'
    assert (release in own.text, release in other.text) == (False, True)
    assert desk.get(f"/notices/{drawn}/edit/release").status_code == 403


def test_a_second_person_releases_it(d, drawn):
    Desk("office").send(f"/notices/{drawn}/edit/prepare")

    answer = Desk("office2").send(f"/notices/{drawn}/edit/release")

    notice = Notice.objects.get(pk=drawn)
    assert (answer.status_code, notice.status, str(notice.ends_on)) == (302, "released", "2026-03-09")


def test_a_provisional_end_asks_for_a_reason_at_its_field(d, drawn):
    CalendarYear.objects.all().delete()
    CalendarYear.objects.create(year=2025, source="示例")
    Desk("office").send(f"/notices/{drawn}/edit/prepare")
    desk = Desk("office2")

    silent = desk.send(f"/notices/{drawn}/edit/release")
    said = desk.send(f"/notices/{drawn}/edit/release", reason="放假安排未公布")

    assert (silent.status_code, said.status_code) == (422, 302)
    assert 'href="#id_reason"' in silent.text


def test_the_preview_is_the_public_page_and_says_that_it_is_not_released(drawn):
    shown = Desk("office").get(f"/notices/{drawn}/edit/preview")

    assert shown.status_code == 200
    assert "预览" in words(shown)
    assert Desk().get(f"/notices/{drawn}").status_code == 404


def test_a_running_notice_is_extended_with_a_reason(d):
    desk = Desk("office")
    silent = desk.send(f"/notices/{d.notice}/edit/extend", working_days="3")
    said = desk.send(f"/notices/{d.notice}/edit/extend", working_days="3", reason="名单有补充说明")

    assert (silent.status_code, said.status_code) == (422, 302)
    assert str(Notice.objects.get(pk=d.notice).ends_on) == "2026-03-12"


@pytest.mark.parametrize(
    ("step", "status"), [("suspend", "suspended"), ("close", "closed"), ("take_down", "taken_down")]
)
def test_a_notice_goes_its_way_on_a_page_for_each_act(d, step, status):
    if step != "suspend":
        cast.set_clock(dt.datetime(2026, 3, 10, 1, tzinfo=dt.UTC))
    if step == "take_down":
        cast.take("notice", d.notice, "close", d.people["office"])

    Desk("office").send(f"/notices/{d.notice}/edit/{step}", reason="按规定")

    assert Notice.objects.get(pk=d.notice).status == status


def test_closing_before_the_last_day_is_refused_as_a_page(d):
    assert Desk("office").get(f"/notices/{d.notice}/edit/close").status_code == 422


def test_what_was_typed_stays_where_somebody_was_first(d):
    desk = Desk("office")
    drawn = hidden(desk.get(f"/notices/{d.notice}/edit/suspend"))
    cast.take("notice", d.notice, "extend", d.people["office2"], reason="补充", working_days=1)

    answer = desk.post(f"/notices/{d.notice}/edit/suspend", **drawn, reason="我的理由")

    assert answer.status_code == 409
    assert 'class="overtaken"' in answer.text
    assert "我的理由" in answer.text


def test_the_desk_names_what_holds_a_unit(d):
    lodge(d.notice, {**cast.OBJECTION, "unit": 1})

    shown = words(Desk("office").get(f"/notices/{d.notice}/edit"))

    assert "异议 1 件" in shown


@pytest.mark.parametrize(
    ("who", "status"), [("songxi", 302), ("dep-police", 302), ("north-office", 302), ("listed", 302)]
)
def test_others_are_led_to_the_public_page(d, who, status):
    answer = Desk(who).get(f"/notices/{d.notice}/edit")

    assert (answer.status_code, answer["Location"]) == (status, f"/notices/{d.notice}")


def test_a_release_asks_how_long_the_notice_stays_up_and_keeps_what_was_typed(d):
    cast.rule(d, notice=NoticeRule(5, shown_days=20))
    notice = cast.draw_up(d, [d.cases["notice"]])
    take("notice", notice, "prepare", d.people["office"])
    desk, address = Desk("office2"), f"/notices/{notice}/edit/release"

    asked = desk.get(address)
    refused = desk.send(address, **hidden(asked), shown_days="9999")
    desk.send(address, **hidden(desk.get(address)), shown_days="45")

    assert ('value="20"' in asked.text, "公示结束后继续展示的天数" in words(asked)) == (True, True)
    assert (refused.status_code, summary(refused)) == (
        422,
        ["“公示结束后继续展示的天数”应在 1 至 3660 之间。"],
    )
    assert 'value="9999"' in refused.text
    assert "结束 45 天后自动撤下" in words(desk.get(f"/notices/{notice}/edit"))
