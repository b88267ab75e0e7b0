"""The organiser's acts on an open round, each on its page."""

import pytest

from services.workflow.domain.refused import Refused
from services.workflow.models import Round, RoundNote, RoundTask, SlateLine
from services.workflow.wording.refusals import refusal_text
from tests.workflow import cast
from tests.workflow.web.desk import Desk, summary, words


@pytest.fixture
def round_(d):
    return Round.objects.get(slate__lines__case=d.cases["in_round"])


def address(round_, name, subject=""):
    return f"/slates/{round_.slate_id}/{name}{f'/{subject}' if subject else ''}"


def test_the_organiser_finds_every_act_on_the_slate(d, round_):
    page = Desk("office").get(f"/slates/{round_.slate_id}")

    task = cast.tasks_of(round_.pk)[0]
    for name in ("remind", "extend", "add", "close", "cancel"):
        assert f'href="{address(round_, name)}"' in page.text
    assert address(round_, "strike", d.cases["in_round"]) in page.text
    assert address(round_, "remove", task.pk) in page.text
    assert address(round_, "flow.svg") in page.text


def test_who_has_answered_reads_and_leads_nothing(d, round_):
    task = cast.tasks_of(round_.pk)[0]
    by = cast.asked(d, task)
    cast.decide(task.pk, "no_objection", by)

    page = Desk(by.name).get(f"/slates/{round_.slate_id}")

    assert page.status_code == 200
    assert "/cancel" not in page.text and "/strike/" not in page.text
    assert Desk(by.name).send(address(round_, "cancel"), reason="x").status_code == 403


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("extend", {"due_on": "2026-03-20", "reason": "材料多"}),
        ("remind", {"text": "请尽快"}),
        ("cancel", {"reason": "名单有误"}),
    ],
)
def test_an_act_is_done_and_stands_in_the_course(round_, name, fields):
    answer = Desk("office").send(address(round_, name), **fields)

    shown = words(Desk("office").get(f"/slates/{round_.slate_id}"))
    kinds = {"extend": "extended", "remind": "reminded", "cancel": "cancelled"}
    assert (answer.status_code, answer["Location"]) == (302, f"/slates/{round_.slate_id}")
    assert {note.kind for note in RoundNote.objects.filter(round=round_)} == {kinds[name]}
    assert all(value in shown for key, value in fields.items() if key != "due_on")


def test_a_unit_is_taken_off(d, round_):
    answer = Desk("office").send(address(round_, "strike", d.cases["in_round"]), reason="材料待核")

    line = SlateLine.objects.get(case=d.cases["in_round"])
    assert (answer.status_code, line.struck_reason) == (302, "struck")
    assert "由组织者撤下" in words(Desk("office").get(f"/slates/{round_.slate_id}"))


def test_one_body_more_is_asked_and_another_taken_out(d, round_):
    desk = Desk("office")
    body = f"{d.units['dep-urban']}:department"

    offered = desk.get(address(round_, "add")).text
    added = desk.send(address(round_, "add"), body=body, reason="涉及规划")
    task = RoundTask.objects.get(process=round_, participant_unit=d.units["dep-urban"])
    removed = desk.send(address(round_, "remove", task.pk), reason="无关")

    task.refresh_from_db()
    assert f'value="{body}"' in offered and f'value="{d.units["dep-police"]}:department"' not in offered
    assert (added.status_code, removed.status_code, task.removed_at) == (302, 302, cast.NOW)


@pytest.mark.parametrize(
    ("name", "fields", "code"),
    [
        ("extend", {"due_on": "2026-03-03", "reason": "材料多"}, "round.due_not_later"),
        ("cancel", {"reason": ""}, "field.missing"),
        ("add", {"body": "", "reason": "x"}, "field.missing"),
    ],
)
def test_what_does_not_hold_is_said_and_typed_again(round_, name, fields, code):
    answer = Desk("office").send(address(round_, name), **fields)

    field = next((key for key, value in fields.items() if not value), "")
    expected = refusal_text(Refused(code, field=field)) if field else refusal_text(Refused(code))
    assert (answer.status_code, summary(answer)) == (422, [expected])
    assert Round.objects.get(pk=round_.pk).is_open


@pytest.mark.parametrize("name", ["strike", "remove"])
def test_an_act_on_what_is_not_there_has_no_page(round_, name):
    assert Desk("office").get(address(round_, name, 999_999)).status_code == 404


def test_the_flow_is_drawn_in_the_colours_of_the_round(d, round_):
    picture = Desk("office").get(address(round_, "flow.svg"))

    assert (picture.status_code, picture["Content-Type"]) == (200, "image/svg+xml")
    assert '<g id="ask" class="done"' in picture.text.replace("'", '"') or 'class="done"' in picture.text
    assert Desk("songxi").get(address(round_, "flow.svg")).status_code == 404


def test_a_cancelled_slate_is_drawn_up_again(d, round_):
    desk = Desk("office")
    desk.send(address(round_, "cancel"), reason="名单有误")
    case = d.case("in_round")

    again = desk.get(address(round_, "again"))
    answer = desk.send(again["Location"], case=[f"{case.pk}:{case.version}"])

    second = Round.objects.exclude(pk=round_.pk).get(slate__lines__case=case.pk).slate
    assert answer["Location"] == f"/slates/{second.pk}"
    assert (second.number, second.version) == (round_.slate.number, 2)
    assert "第 2 版" in words(desk.get(f"/slates/{second.pk}"))


def test_an_opinion_after_the_close_is_kept(d, round_):
    task = cast.tasks_of(round_.pk)[0]
    by = cast.asked(d, task)
    Desk("office").send(address(round_, "cancel"), reason="名单有误")

    page = Desk(by.name).get(f"/tasks/{task.pk}")
    answer = Desk(by.name).send(f"/tasks/{task.pk}/late", text="其实有异议")

    assert f"/tasks/{task.pk}/late" in page.text
    assert answer.status_code == 302
    assert "其实有异议" in words(Desk("office").get(f"/slates/{round_.slate_id}"))
    assert Desk("songxi").get(f"/tasks/{task.pk}/late").status_code == 404
