"""Public notices: read by anybody, without session and cookie; objected to by a form that keeps what was typed."""

import datetime as dt

import pytest

from services.workflow.commands.objections import lodge
from services.workflow.domain.refused import Refused
from services.workflow.models import IdentityLook, Objection
from services.workflow.wording.refusals import refusal_text
from tests.workflow import cast
from tests.workflow.web.desk import Desk, summary, words

GIVEN = {"unit": "1", "kind": "person", "name": "张三", "contact": "13800138000", "text": "办公用房面积不符"}


@pytest.mark.parametrize("path", ["/notices", "/notices/{}", "/notices/{}?print=1"])
def test_public_pages_need_no_log_in_and_set_no_cookie(d, path):
    answer = Desk().get(path.format(d.notice))

    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert answer["Cache-Control"] == "public, s-maxage=5, stale-while-revalidate=60"


def test_the_part_that_follows_is_never_an_old_one(d):
    answer = Desk().get(f"/notices/{d.notice}/standing")

    assert (answer["Cache-Control"], dict(answer.cookies), "<html" in answer.text) == ("no-cache", {}, False)


def test_a_page_that_did_not_change_is_not_sent_again(d):
    first = Desk().get(f"/notices/{d.notice}")

    again = Desk().get(f"/notices/{d.notice}", if_none_match=first["ETag"])

    assert (again.status_code, again.content) == (304, b"")


def test_the_page_answers_head_and_nothing_that_writes(d):
    client = Desk().client

    assert client.head(f"/notices/{d.notice}").status_code == 200
    assert client.post(f"/notices/{d.notice}").status_code == 405


def test_the_notice_has_list_period_and_the_way_to_object(d):
    shown = Desk().get(f"/notices/{d.notice}")

    assert "listed社区" in words(shown)
    assert "listed_too社区" in words(shown)
    assert "第 5 日" in words(shown)
    assert f'href="/notices/{d.notice}/object"' in shown.text


def test_a_staff_message_is_not_painted_on_a_page_that_caches_keep(d):
    desk = Desk("office")
    desk.send(f"/notices/{d.notice}/edit/extend", working_days="1", reason="补充")

    assert "公示期已延长" not in desk.get(f"/notices/{d.notice}").text


@pytest.mark.parametrize("path", ["/notices/{}", "/notices/{}/object", "/notices/{}.pdf"])
def test_a_draft_does_not_exist_for_the_public(d, path):
    draft = cast.draw_up(d, [d.cases["notice"]])

    assert Desk().get(path.format(draft)).status_code == 404


def test_a_running_objection_is_told_to_nobody(d):
    before = words(Desk().get(f"/notices/{d.notice}"))
    lodge(d.notice, {**cast.OBJECTION, "unit": 1})

    assert words(Desk().get(f"/notices/{d.notice}")) == before


def test_an_objection_gets_a_receipt(d):
    answer = Desk().send(f"/notices/{d.notice}/object", **GIVEN)

    made = Objection.objects.get()
    receipt = Desk().get(answer["Location"])
    assert (answer.status_code, made.text, made.channel) == (302, GIVEN["text"], "web")
    assert made.receipt in words(receipt)
    assert (GIVEN["name"] in receipt.text, GIVEN["text"] in receipt.text) == (False, False)


def test_a_form_sent_twice_is_one_objection(d):
    desk = Desk()
    page = desk.get(f"/notices/{d.notice}/object")
    fields = {**GIVEN, "key": page.context["key"]}

    numbers = {desk.post(f"/notices/{d.notice}/object", **fields)["Location"] for _ in range(2)}

    assert (len(numbers), Objection.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"name": ""}, ["name"]),
        ({"contact": " "}, ["contact"]),
        ({"text": "", "name": ""}, ["name", "text"]),
        ({"kind": "unit", "contact": "", "name": ""}, ["name"]),
    ],
)
def test_every_empty_field_is_named_and_the_rest_is_kept(d, changes, missing):
    answer = Desk().send(f"/notices/{d.notice}/object", **{**GIVEN, **changes})

    assert answer.status_code == 422
    assert summary(answer) == [refusal_text(Refused("field.missing", field=name)) for name in missing]
    assert ("13800138000" in answer.text) == ("contact" not in changes)
    assert not Objection.objects.exists()


def test_a_tip_needs_no_name(d):
    answer = Desk().send(f"/notices/{d.notice}/object", **{**GIVEN, "kind": "tip", "name": "", "contact": ""})

    assert answer.status_code == 302


def test_after_the_last_day_the_form_is_closed(d):
    desk = Desk()
    drawn = desk.get(f"/notices/{d.notice}/object").context["key"]
    cast.set_clock(dt.datetime(2026, 3, 9, 16, tzinfo=dt.UTC))

    answer = desk.post(f"/notices/{d.notice}/object", **GIVEN, key=drawn)

    assert (answer.status_code, summary(answer)) == (409, [refusal_text(Refused("notice.not_open"))])


def test_a_minute_before_it_is_still_open(d):
    cast.set_clock(dt.datetime(2026, 3, 9, 15, 59, tzinfo=dt.UTC))

    assert Desk().send(f"/notices/{d.notice}/object", **GIVEN).status_code == 302


def test_the_receipt_number_tells_how_far_it_is_and_at_the_end_the_reply(d):
    told = lodge(d.notice, {**cast.OBJECTION, "unit": 1})
    at = f"/objections/receipts/{told['receipt']}"
    early = words(Desk().get(at))
    conclude(d, told["objection"])

    late = words(Desk().get(at))

    assert ("查无实据" in early, "经核查不成立" in late, "查无实据" in late) == (False, True, False)


def conclude(d, objection):
    office, investigator = d.people["office"], d.people["investigator2"]
    cast.take("objection", objection, "receive", office)
    cast.take("objection", objection, "assign", office, investigator=investigator.member_id)
    cast.take("objection", objection, "find", investigator, finding="查无实据")
    cast.take("objection", objection, "dismiss", office, reason="查无实据")
    cast.take("objection", objection, "reply", office, reply="经核查不成立")


def test_asking_by_number_leads_to_the_receipt(d):
    told = lodge(d.notice, {**cast.OBJECTION, "unit": 1})

    answer = Desk().post("/objections/follow", number=f" {told['receipt'].lower()} ")

    assert answer["Location"] == f"/objections/receipts/{told['receipt']}"


def test_a_number_that_is_none_is_said(d):
    answer = Desk().post("/objections/follow", number="2026-AAAAAAAAAA")

    assert (answer.status_code, summary(answer)) == (404, [refusal_text(Refused("objection.not_found"))])
    assert Desk().get("/objections/receipts/2026-AAAAAAAAAA").status_code == 404


def test_nothing_of_the_public_side_opens_an_identity(d):
    lodge(d.notice, {**cast.OBJECTION, "unit": 1})
    Desk().get(f"/notices/{d.notice}")

    assert not IdentityLook.objects.exists()


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_costs_the_same_with_one_notice_and_with_three(d, django_assert_num_queries, more):
    for code in ("notice", "naming")[:more]:
        if d.case(code).stage == "notice":
            cast.publish(d, [d.cases[code]])

    with django_assert_num_queries(5):
        Desk().get("/notices")


def test_the_address_on_older_papers_leads_here(d):
    assert Desk().get(f"/public/notices/{d.notice}")["Location"] == f"/notices/{d.notice}"


def test_the_notice_is_had_on_paper(d):
    answer = Desk().get(f"/notices/{d.notice}.pdf")

    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
