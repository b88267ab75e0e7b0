"""Units and what stands above them."""

from django.db import connection

from services.workflow.domain.stages import UnitKind
from services.workflow.models import Unit

ABOVE = """
WITH RECURSIVE above AS (
  SELECT id, parent_id, code FROM workflow_unit WHERE id = %s
  UNION SELECT u.id, u.parent_id, u.code FROM workflow_unit u JOIN above a ON u.id = a.parent_id
)
SELECT code FROM above
"""


def codes_above(unit_id: int) -> frozenset[str]:
    """Codes of a unit and of everything above it: the scopes that it lies in."""
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, [unit_id])
        return frozenset(code for (code,) in cursor.fetchall())


def unit_above(unit: Unit) -> str:
    """What a list says beside a unit: its town; of a person, where that person works. `town`, `parent` at hand."""
    above = unit.parent if unit.kind == UnitKind.PERSON else unit.town
    return above.name if above else ""
