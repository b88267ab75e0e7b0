"""Who acts: everybody is asked to log in first, and acts in one office at a time."""

import datetime as dt

import pytest

from services.workflow.models import Member, Office, Unit
from tests.workflow import cast
from tests.workflow.web.desk import Desk, words


@pytest.mark.parametrize("path", ["/", "/inbox/rows", "/editions", "/account", "/cases/1", "/evidence/1"])
def test_nobody_is_asked_to_log_in_and_brought_back(d, path):
    answer = Desk().get(path)

    assert (answer.status_code, answer["Location"]) == (302, f"/login?next={path.replace('/', '%2F')}")


def test_a_part_of_a_page_never_holds_the_log_in(d):
    answer = Desk().get("/inbox/rows", **{"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/login?next=%2Finbox%2Frows")


def test_a_script_is_told_in_json(d):
    answer = Desk().get("/", Accept="application/json")

    assert (answer.status_code, answer.json()) == (401, {"code": "login.required"})


def test_a_person_without_an_office_is_told_so(d):
    Member.objects.create(username="newcomer", name="新来")

    answer = Desk("newcomer").get("/")

    assert (answer.status_code, "office.none" in words(answer)) == (403, True)


def test_an_office_is_chosen_for_the_session_while_it_is_held(d):
    second = Office.objects.create(
        member=Member.objects.get(username="songxi"),
        unit=Unit.objects.get(code="guihua"),
        role="town",
        name="songxi",
        since=cast.NOW,
    )
    desk = Desk("songxi")
    desk.post("/account", office=second.pk)
    chosen = desk.get("/").text
    unit = second.unit_id
    granted = desk.client.post(
        "/api/v1/ticket", {"topics": [f"unit:{unit}"]}, content_type="application/json"
    )
    Office.objects.filter(pk=second.pk).update(until=cast.NOW + dt.timedelta(seconds=1))
    ended = desk.get("/").text

    assert ("songxi・guihua社区" in chosen, "songxi・songxi社区" in ended) == (True, True)
    assert granted.json()["topics"] == [f"unit:{unit}"]


def test_an_office_of_somebody_else_cannot_be_chosen(d):
    other = Office.objects.get(member__username="guihua")

    answer = Desk("songxi").post("/account", office=other.pk)

    assert (answer.status_code, "office.not_yours" in words(answer)) == (403, True)


def test_the_account_lists_the_offices_one_holds(d):
    assert "songxi社区" in words(Desk("songxi").get("/account"))
