"""Handing on, urging, copying, claiming and recusing from the pages; each tried by the right one and a wrong one."""

import re
from uuid import uuid4

import pytest

from services.workflow.commands import claiming
from services.workflow.models import Copy, Recusal, SideAct
from tests.workflow import cast
from tests.workflow.cast import District
from tests.workflow.web.desk import Desk, summary, words


def address(d: District, act: str, case: str = "preliminary") -> str:
    return f"/side-acts/declaration/{d.cases[case]}/{act}"


def test_a_free_case_is_claimed_from_its_row_and_given_back_from_its_page(d: District) -> None:
    desk, case = Desk("songxi"), d.cases["preliminary"]
    before = desk.get("/").text

    taken = desk.post(address(d, "claim"))
    page = words(desk.get(f"/cases/{case}"))
    desk.post(address(d, "release"))

    assert f'formaction="{address(d, "claim")}"' in before and "待领取，本组 2 人可办" in before
    assert taken.status_code == 302 and "退回领取" in page
    assert list(SideAct.objects.values_list("kind", flat=True)) == ["claim", "release"]


def test_who_comes_second_reads_who_was_first(d: District) -> None:
    claiming.claim("declaration", d.cases["preliminary"], by=d.people["songxi2"], key=uuid4())

    page = Desk("songxi").post(address(d, "claim"))

    assert (page.status_code, "songxi2已领取该事项" in words(page)) == (409, True)


def test_work_is_handed_on_with_a_reason_that_stands_in_the_timeline(d: District) -> None:
    desk = Desk("songxi")
    empty = desk.send(address(d, "reassign"), to=str(d.people["songxi2"].person), reason="")

    desk.send(address(d, "reassign"), to=str(d.people["songxi2"].person), reason="出差一周")

    assert (empty.status_code, len(summary(empty))) == (422, 1)
    course = words(Desk("office").get(f"/cases/{d.cases['preliminary']}"))
    assert "转办：songxi2" in course and "出差一周" in course


def test_the_unit_urges_once_a_day(d: District) -> None:
    desk = Desk("preliminary")

    first, second = (desk.send(address(d, "urge"), text="请抓紧") for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 429)
    assert summary(second) == ["您今天已催办过，请下一个工作日再催。"]


def test_a_copy_appears_under_its_tab_and_is_read_when_opened(d: District) -> None:
    Desk("songxi").send(address(d, "copy"), to=[str(d.people["office"].person)], note="请阅")
    desk, copy = Desk("office"), Copy.objects.get()

    before, listed = desk.get("/").text, desk.get("/?tab=copied")
    opened = desk.get(f"/copies/{copy.pk}")
    after = desk.get("/").text

    assert "1 未读" in before and "未读" not in after.partition("抄送我的")[2][:80]
    assert "来自songxi" in words(listed) and "请阅" in words(listed)
    assert opened["Location"] == f"/cases/{d.cases['preliminary']}"
    assert Desk("office2").get(f"/copies/{copy.pk}").status_code == 404


def test_the_number_of_copies_has_a_place_before_there_is_one(d: District) -> None:
    desk, told = Desk("office"), re.compile(r'<span class="badge" id="tab-copied"([^>]*)>([^<]*)<')

    page, part = desk.get("/").text, desk.get("/inbox/rows").text
    Desk("songxi").send(address(d, "copy"), to=[str(d.people["office"].person)], note="请阅")
    then = desk.get("/inbox/rows").text

    assert [told.findall(text) for text in (page, part, then)] == [
        [(" hidden", "")],
        [(' hx-swap-oob="true" hidden', "")],
        [(' hx-swap-oob="true"', "1 未读")],
    ]


def test_who_recuses_themselves_names_who_does_it(d: District) -> None:
    Desk("songxi").send(address(d, "recuse"), reason="亲属在该社区任职", to=str(d.people["songxi2"].person))

    assert Recusal.objects.get().replaced_by_id == d.people["songxi2"].person
    assert words(Desk("songxi").get(f"/cases/{d.cases['preliminary']}")).count("亲属在该社区任职") == 1


@pytest.mark.parametrize("act", ["reassign", "urge", "copy", "recuse"])
def test_of_another_district_nothing_is_there(d: District, act: str) -> None:
    assert Desk("north-town").get(address(d, act)).status_code == 404


@pytest.mark.parametrize(("act", "status"), [("claim", 405), ("leap", 404)])
def test_what_is_no_page_is_none(d: District, act: str, status: int) -> None:
    assert Desk("songxi").get(address(d, act)).status_code == status


def test_a_participant_is_urged_from_the_cockpit(d: District) -> None:
    task = cast.tasks_of(cast.table(d, [d.cases["clearance"]]))[0]
    desk = Desk("office")

    sent = desk.send(f"/side-acts/round_task/{task.pk}/urge", text="")

    assert sent["Location"] == f"/slates/{task.process.slate_id}"
    assert SideAct.objects.get(kind="urge").task_id == task.pk


def test_an_opinion_is_asked_for_and_given_on_the_pages(d: District) -> None:
    town, office, case = Desk("songxi"), Desk("office"), f"/cases/{d.cases['preliminary']}"
    town.send(address(d, "cosign"), to=str(d.people["office"].person), reason="材料是否齐全")

    listed, page = words(office.get("/?tab=copied")), office.get(case).text
    office.send(address(d, "opinion"), text="齐全，可上报")

    assert "材料是否齐全" in listed and address(d, "opinion") in page
    course = words(town.get(case))
    assert "加签：office" in course and "提出加签意见：songxi" in course and "齐全，可上报" in course
    assert address(d, "opinion") not in office.get(case).text
