"""Who hears of an event, by topics, offices and what it left with whom."""

from dataclasses import replace

import pytest

from services.workflow.commands.endpoints import make_endpoint
from services.workflow.commands.preferences import set_reach
from services.workflow.models import Member, Office
from services.workflow.queries.hearers import audience_of, channels_served
from services.workflow.queries.told import Event
from tests.workflow import cast
from tests.workflow.cast import NOW


@pytest.fixture(autouse=True)
def mail_is_served(settings):
    settings.MAIL_BACKEND, settings.SMS_URL = "filebased", ""


def event(d, kind, topics, case=None, actor=None, **body):
    seq = d.case(case).version if case else None
    number = d.cases[case] if case else None
    sort = "declaration" if case else None
    return Event(1, 1, NOW, kind, tuple(topics), number, sort, seq, body, None, actor)


def reach(d, *names):
    for name in names:
        set_reach("mail", {"address": "a@example.cn"}, by=d.people[name])


def heard(d, told):
    names = {actor.member_id: name for name, actor in d.people.items()}
    return {names[h.member]: str(h.kind) for h in audience_of([told]).of(told) if h.member}


def unit(d, code):
    return f"unit:{d.units[code]}"


def test_work_for_whom_the_case_waits_and_progress_for_the_rest(d):
    reach(d, "songxi", "songxi2", "preliminary", "office", "guihua")
    told = event(
        d, "declaration.submit", [unit(d, "songxi"), unit(d, "preliminary"), unit(d, "office")], "preliminary"
    )

    assert heard(d, told) == {
        "songxi": "work", "songxi2": "work", "preliminary": "progress", "office": "progress",
    }  # fmt: skip


def test_an_older_step_left_no_work(d):
    reach(d, "songxi")
    told = event(d, "declaration.submit", [unit(d, "songxi")], "preliminary")
    earlier = replace(told, seq=1)

    assert heard(d, earlier) == {"songxi": "progress"}


def test_whoever_acted_is_not_told(d):
    reach(d, "songxi", "songxi2")
    told = event(
        d, "declaration.submit", [unit(d, "songxi")], "preliminary", actor=d.people["songxi"].member_id
    )

    assert heard(d, told) == {"songxi2": "work"}


@pytest.mark.parametrize("how", ["office ended", "account closed"])
def test_who_left_hears_nothing(d, how):
    reach(d, "songxi")
    member = d.people["songxi"].member_id
    if how == "office ended":
        Office.objects.filter(member=member).update(until=NOW)
    else:
        Member.objects.filter(pk=member).update(is_active=False)

    assert heard(d, event(d, "declaration.submit", [unit(d, "songxi")], "preliminary")) == {}


def test_a_topic_of_ones_own_is_heard(d):
    reach(d, "investigator", "investigator2")
    told = event(d, "objection.assign", [f"user:{d.people['investigator'].member_id}"])

    assert heard(d, told) == {"investigator": "objection"}


def test_a_deadline_that_passed_is_heard_by_those_it_waits_with(d):
    reach(d, "songxi", "guihua", "office")
    told = event(d, "due.passed", [f"case:{d.cases['preliminary']}"], "preliminary")
    signal = replace(told, seq=None)

    assert heard(d, signal) == {"songxi": "due"}


def test_of_a_day_on_a_case_the_unit_hears_only_in_the_office_that_has_it(d):
    reach(d, "dep-police", "investigator", "office")
    case, topics = d.cases["preliminary"], [unit(d, code) for code in ("dep-police", "office")]

    passed = replace(event(d, "due.passed", [f"case:{case}", *topics], "preliminary"), seq=None)
    escalated = replace(
        event(d, "due.escalated", [f"case:{case}", unit(d, "office")], "preliminary"), seq=None
    )

    assert (heard(d, passed), heard(d, escalated)) == ({}, {"office": "due"})


def test_a_round_is_work_for_those_asked_alone(d):
    reach(d, "dep-police", "office", "dep-org")
    round_id = cast.table(d, [d.cases["clearance"]])
    topics = [unit(d, code) for code in ("dep-police", "office", "dep-org")]

    assert heard(d, event(d, "round_task.opened", topics, round=round_id)) == {"dep-police": "work"}


def test_an_endpoint_hears_for_its_office_and_its_kinds(d, settings):
    settings.DELIVERY_ALLOW = []
    for name, kinds in (("one", ["progress"]), ("two", ["honour"])):
        make_endpoint(
            {"kind": "webhook", "name": name, "url": "https://a.example/", "unit": d.units["office"],
             "role": "office", "kinds": kinds},
            by=d.people["system-admin"], key=None,
        )  # fmt: skip
    told = event(d, "declaration.hold", [unit(d, "office")], "preliminary")

    assert [str(h.endpoint) for h in audience_of([told]).of(told)] == ["one"]


def test_channels_are_served_by_what_is_set(settings):
    settings.MAIL_BACKEND = "none"
    assert channels_served() == ("wecom", "dingtalk", "feishu")
    settings.MAIL_BACKEND, settings.SMS_URL = "smtp", "https://sms.example/"
    assert channels_served() == ("mail", "sms", "wecom", "dingtalk", "feishu")
