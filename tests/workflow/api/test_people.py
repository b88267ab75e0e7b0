"""Units, people and the calendar by HTTP."""

from tests.workflow.api.client import Api, code_of


def test_units_of_ones_own_district_and_no_others(d):
    names = {row["code"] for row in Api("held").get("units?limit=200").json()["items"]}

    assert {"yunling", "songxi", "dep-org", "held"} <= names
    assert not {"north", "north-town", "yunzhou"} & names
    assert code_of(Api("held").get(f"units/{d.units['north-town']}")) == (404, "unit.not_found")


def test_a_unit_tells_where_it_belongs(d):
    told = Api("held").get(f"units/{d.units['held']}").json()

    assert (told["code"], told["kind"], told["town"], told["town_id"]) == (
        "held",
        "community",
        "songxi社区",
        d.units["songxi"],
    )


def test_people_are_told_by_office_and_nothing_private(d):
    rows = Api("held").get(f"people?role=committee&unit={d.units['committee']}").json()["items"]

    assert [row["name"] for row in rows] == ["committee1", "committee2", "committee3"]
    assert set(rows[0]) == {"id", "member", "name", "office", "role", "head", "unit", "unit_id", "since"}


def test_vetoes_are_seen_with_their_cases(d):
    assert Api("office").get("vetoes").json() == {"items": [], "next": None}


def test_the_calendar_tells_today_and_the_days_of_a_year(d):
    told = Api("held").get("calendar").json()
    autumn = Api("held").get("calendar?year=2025").json()

    assert (told["today"], told["year"], told["known"]) == ("2026-03-02", 2026, True)
    days = {day["date"]: day["working"] for day in autumn["items"]}
    assert (days["2025-10-01"], days["2025-09-28"]) == (False, True)
    assert Api("held").get("calendar?year=2150").json()["known"] is False


def test_a_year_that_is_none_is_refused(d):
    assert code_of(Api("held").get("calendar?year=20")) == (422, "request.invalid")


def test_an_account_is_closed_by_the_security_administrator_alone(d):
    songxi = Api("songxi")
    number = d.people["songxi"].member_id
    path, given = f"people/{number}/account", {"active": False, "reason": "调离"}

    other = Api("system-admin").post(path, given)
    done = Api("security-admin").post(path, given)
    again = Api("security-admin").post(path, given)

    assert code_of(other) == (403, "step.not_yours")
    assert (done.status_code, done.json()) == (200, {"person": number, "active": False})
    assert code_of(again) == (422, "account.closed") and songxi.get("inbox").status_code == 401
