"""People and offices out of a workbook: all or nothing, repeatable, three powers in three hands."""

from django.db import connection

from services.workflow.commands.import_people import import_people
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.person_rows import PersonRow
from services.workflow.domain.stages import Role
from services.workflow.models import Member, Office
from tests.workflow.commands.refusing import refusal

NEW = PersonRow(3, "shen", "沈知行", "songxi", Role.TOWN)
SAME = {"created": 0, "renamed": 0, "given": 0, "ended": 0}


def take(*rows, by=SYSTEM, dry_run=False):
    answer = import_people(rows, by=by, key=None, dry_run=dry_run)
    return {name: answer[name] for name in (*SAME, "same")}


def test_a_person_is_made_with_an_office_and_no_password(d):
    assert take(NEW) == {**SAME, "created": 1, "given": 1, "same": 0}

    office = Office.objects.get(member__username="shen")
    assert (office.unit.code, office.role, office.name, office.until) == ("songxi", "town", "沈知行", None)
    assert not office.member.has_usable_password()


def test_the_same_workbook_twice_changes_nothing(d):
    take(NEW)

    assert take(NEW) == {**SAME, "same": 1}


def test_an_office_ends_and_stays_on_record(d):
    took = PersonRow(3, "songxi2", "songxi2", "songxi", Role.TOWN, ended=True)

    assert take(took) == {**SAME, "ended": 1, "same": 0}
    assert Office.objects.get(member__username="songxi2").until is not None
    assert take(took) == {**SAME, "same": 1}


def test_whoever_is_logged_in_hears_that_rights_have_changed(d):
    take(PersonRow(3, "songxi2", "songxi2", "guihua", Role.TOWN))

    member = Member.objects.get(username="songxi2").pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT topics FROM signal WHERE type = 'rights.changed' ORDER BY id DESC LIMIT 1")
        assert cursor.fetchone()[0] == [f"user:{member}"]


def test_a_name_is_put_right_and_a_dry_run_writes_nothing(d):
    renamed = PersonRow(3, "songxi2", "冯素秋")

    assert take(renamed, dry_run=True) == {**SAME, "renamed": 1, "same": 0}
    assert Member.objects.get(username="songxi2").name == "songxi2"
    take(renamed)
    assert Member.objects.get(username="songxi2").name == "冯素秋"


def test_one_fault_and_nothing_is_taken_over(d):
    second = PersonRow(4, "system-admin", "system-admin", "administration", Role.AUDIT_ADMIN)

    assert refusal(take, NEW, second) == "workbook.faulty"
    assert not Member.objects.filter(username="shen").exists()


def test_only_the_security_administrator_gives_offices_and_none_to_themselves(d):
    security = d.people["security-admin"]

    assert take(NEW, by=security)["given"] == 1
    for username in ("system-admin", "office"):
        assert refusal(take, NEW, by=d.people[username]) == "step.not_yours"
    assert (
        refusal(take, PersonRow(3, "security-admin", "security-admin", "songxi", Role.TOWN), by=security)
        == "workbook.faulty"
    )
