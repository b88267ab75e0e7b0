"""The negative lists of the programmes in force: which entries there are, and whose."""

from django.db.models import Max

from services.workflow.domain.programme_rules import NegativeRule
from services.workflow.models import Edition, ProgrammeVersion
from services.workflow.queries.definitions import definition_of


def owners_of(kind: str) -> frozenset[str]:
    """Codes of the departments that own an entry, in a newest version or in one that an edition runs on."""
    return frozenset(rule.owner for rule in _in_force() if rule.code == kind)


def entries_of(department: str) -> dict[str, str]:
    """{code: name} of the entries that a department owns."""
    return {rule.code: rule.name for rule in _in_force() if rule.owner == department}


def _in_force() -> list[NegativeRule]:
    newest = (
        ProgrammeVersion.objects.values("programme").annotate(last=Max("pk")).values_list("last", flat=True)
    )
    run = Edition.objects.values_list("definition_version", flat=True)
    return [rule for version in sorted({*newest, *run}) for rule in definition_of(version).negative_list]
