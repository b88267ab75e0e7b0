"""Units out of a workbook: all or nothing, repeatable by code."""

from services.workflow.commands.import_units import import_units
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.stages import UnitKind
from services.workflow.domain.unit_rows import UnitRow
from services.workflow.models import Unit
from tests.workflow.commands.refusing import refusal

TOWN = UnitRow(3, "hexi", "河西街道", UnitKind.TOWN, "yunling")
ROW = UnitRow(4, "hebin", "河滨社区", UnitKind.COMMUNITY, "hexi", "new")


def take(*rows, by=SYSTEM, dry_run=False):
    answer = import_units(rows, by=by, key=None, dry_run=dry_run)
    return {name: answer[name] for name in ("created", "changed", "same")}


def test_units_are_made_with_their_town_district_and_pinyin(d):
    assert take(ROW, TOWN) == {"created": 2, "changed": 0, "same": 0}

    columns = ("name", "kind", "category", "pinyin", "parent__code", "town__code", "district__code")
    assert Unit.objects.filter(code__in=("hexi", "hebin")).order_by("code").values_list(*columns)[0] == (
        *("河滨社区", "community", "new", "he bin she qu"),
        *("hexi", "hexi", "yunling"),
    )
    assert Unit.objects.filter(code="hexi", town__code="hexi").exists()


def test_the_same_workbook_twice_changes_nothing(d):
    take(ROW, TOWN)

    assert take(ROW, TOWN) == {"created": 0, "changed": 0, "same": 2}


def test_a_unit_that_moves_takes_those_under_it_along(d):
    take(TOWN, UnitRow(4, "helper", "协管队", UnitKind.WORKING_GROUP, "held"))

    moved = UnitRow(3, "held", "held社区", UnitKind.COMMUNITY, "hexi")

    assert take(moved) == {"created": 0, "changed": 1, "same": 0}
    assert Unit.objects.filter(code="helper", town__code="hexi").exists()


def test_a_dry_run_tells_the_same_and_writes_nothing(d):
    before = Unit.objects.count()

    assert take(ROW, TOWN, dry_run=True) == {"created": 2, "changed": 0, "same": 0}
    assert Unit.objects.count() == before


def test_one_fault_and_nothing_is_taken_over(d):
    before = Unit.objects.count()

    stray = UnitRow(4, "hebin", "河滨社区", UnitKind.COMMUNITY, "nowhere")

    assert refusal(take, TOWN, stray) == "workbook.faulty"
    assert Unit.objects.count() == before


def test_only_the_system_administrator_imports_units(d):
    assert take(TOWN, by=d.people["system-admin"])["created"] == 1
    for username in ("security-admin", "office"):
        assert refusal(take, TOWN, by=d.people[username]) == "step.not_yours"
