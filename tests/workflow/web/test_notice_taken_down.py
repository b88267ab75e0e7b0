"""A notice that is taken down on its day: from then on nobody reads a name of it, and its proof stays."""

import datetime as dt

import pytest

from services.workflow.commands import due
from services.workflow.commands.objections import lodge
from services.workflow.domain.calendar import end_of_day
from services.workflow.domain.programme_rules import NoticeRule
from services.workflow.models import Due, LedgerEntry, Notice, NoticeLine
from tests.workflow import cast
from tests.workflow.cast import OBJECTION, take
from tests.workflow.web.desk import Desk, words

# Its last day is the ninth of March; it closes as the tenth begins.
CLOSED_ON = dt.date(2026, 3, 10)
DAYS = 20


@pytest.fixture
def notice(d) -> int:
    cast.rule(d, notice=NoticeRule(5, shown_days=DAYS))
    return cast.publish(d, [d.cases["notice"]])


def midnight(day: dt.date, *, later: int = 0) -> None:
    cast.set_clock(end_of_day(day - dt.timedelta(days=1)) + dt.timedelta(seconds=later))
    due.fire_due()


def test_it_is_taken_down_at_the_end_of_its_day_and_not_before(notice):
    midnight(CLOSED_ON)
    row = Notice.objects.get(pk=notice)
    last = CLOSED_ON + dt.timedelta(days=DAYS)
    assert (row.status, row.due_at) == ("closed", end_of_day(last))

    midnight(last + dt.timedelta(days=1), later=-1)
    before = Notice.objects.get(pk=notice).status
    midnight(last + dt.timedelta(days=1))

    entry = LedgerEntry.objects.filter(case_id=notice).latest("seq")
    assert (before, entry.step, entry.actor_id) == ("closed", "take_down", None)
    assert not Due.objects.filter(case_id=notice, fired_at__isnull=True, cancelled_at__isnull=True).exists()


def test_without_such_a_rule_it_stays_with_its_result(d):
    midnight(CLOSED_ON)
    midnight(CLOSED_ON + dt.timedelta(days=3000))

    assert (Notice.objects.get(pk=d.notice).status, Notice.objects.get(pk=d.notice).due_at) == (
        "closed",
        None,
    )
    assert "listed社区" in words(Desk().get(f"/notices/{d.notice}"))


def test_taken_down_by_hand_before_its_day_it_is_not_taken_down_again(d, notice):
    midnight(CLOSED_ON)
    take("notice", notice, "take_down", d.people["office"], reason="已归档")
    version = Notice.objects.get(pk=notice).version

    midnight(CLOSED_ON + dt.timedelta(days=DAYS + 2))

    assert Notice.objects.get(pk=notice).version == version


def test_then_no_name_is_shown_any_more(d, notice):
    name = "凯娜瑞公示名"
    NoticeLine.objects.filter(notice=notice).update(unit_name=name)
    Notice.objects.filter(pk=notice).update(title=f"关于{name}的公示")
    receipt = lodge(notice, {**OBJECTION, "unit": 1})["receipt"]
    own = [f"/notices/{notice}{rest}" for rest in ("", "?print", ".pdf", "/standing", "/object", "/files/1")]
    listed = ["/notices", f"/objections/receipts/{receipt}", "/api/v1/public/notices"]
    addresses = [*own, *listed, f"/api/v1/public/notices/{notice}", f"/api/v1/public/notices/{notice}/file"]
    shown = {address for address in addresses if name.encode() in Desk().get(address).content}
    midnight(CLOSED_ON)

    midnight(CLOSED_ON + dt.timedelta(days=DAYS + 1))

    assert {f"/notices/{notice}", "/notices", f"/objections/receipts/{receipt}"} <= shown
    assert {address for address in addresses if name.encode() in Desk().get(address).content} == set()
    gone = Desk().get(f"/notices/{notice}")
    assert (gone.status_code, "公示已撤下" in words(gone)) == (410, True)
    assert f"/api/v1/public/notices/{notice}/proof" in gone.text


def test_the_office_reads_when_it_is_taken_down(notice):
    midnight(CLOSED_ON)

    assert "将于2026年3月30日后自动撤下" in Desk("office").get(f"/notices/{notice}/edit").text
