"""Units and people as workbooks: template, export, and import with the faulty cells marked."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import File, Router
from ninja.files import UploadedFile

from services.workflow.api.asking import key_of
from services.workflow.api.auth import Request
from services.workflow.commands.import_people import import_people
from services.workflow.commands.import_units import import_units
from services.workflow.documents.cells import MOST_MB, Table
from services.workflow.documents.register_sheets import people_of, people_workbook, units_of, units_workbook
from services.workflow.documents.sheet_rows import table_of
from services.workflow.documents.writing import returned
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.queries.registered import person_rows, unit_rows

router = Router(tags=["units"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Upload = Annotated[UploadedFile, File()]


@router.get("/workbooks/units")
def units_out(request: Request, empty: bool = False) -> HttpResponse:
    """All units as a workbook, or its template; for the system administrator."""
    _only(request, Role.SYSTEM_ADMIN, "import_units")
    return _workbook(units_workbook([] if empty else unit_rows()), "units.xlsx")


@router.get("/workbooks/people")
def people_out(request: Request, empty: bool = False) -> HttpResponse:
    """All people with their offices as a workbook, or its template; for the security administrator."""
    _only(request, Role.SECURITY_ADMIN, "import_people")
    return _workbook(people_workbook([] if empty else person_rows()), "people.xlsx")


@router.post("/workbooks/units", response=dict[str, Any])
def units_in(request: Request, file: Upload, dry_run: bool = False, marked: bool = False) -> Any:
    """Make and change units by code: all of the workbook or nothing. `dry_run` only says what would happen.

    Where it has faults, the answer lists them, or with `marked` is the workbook with its faulty cells marked.
    """
    _only(request, Role.SYSTEM_ADMIN, "import_units")
    key = key_of(request)
    return _taken(
        file, marked, lambda table: import_units(units_of(table), by=request.auth, key=key, dry_run=dry_run)
    )


@router.post("/workbooks/people", response=dict[str, Any])
def people_in(request: Request, file: Upload, dry_run: bool = False, marked: bool = False) -> Any:
    """Make log-ins, give and end offices: all of the workbook or nothing; as for units."""
    _only(request, Role.SECURITY_ADMIN, "import_people")
    key = key_of(request)
    return _taken(
        file, marked, lambda table: import_people(people_of(table), by=request.auth, key=key, dry_run=dry_run)
    )


def _only(request: Request, role: Role, step: str) -> None:
    """The command asks again; here, before a workbook is read."""
    if request.auth.role != role:
        raise Refused("step.not_yours", step=step)


def _taken(file: UploadedFile, marked: bool, take: Callable[[Table], dict[str, Any]]) -> Any:
    if (file.size or 0) > MOST_MB * 1024 * 1024:
        raise Refused("workbook.too_large", limit=MOST_MB)
    table = table_of(file.read())
    try:
        return take(table)
    except Refused as refused:
        faults = refused.params.get("faults")
        if not marked or not isinstance(faults, tuple):
            raise
        return _workbook(returned(table, faults), "returned.xlsx", status=422)


def _workbook(content: bytes, name: str, *, status: int = 200) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, status=status, headers=headers)
