"""The negative lists of the programmes in force: which entries there are, and whose."""

from django.db.models import Max

from services.workflow.models import Edition, ProgrammeVersion
from services.workflow.queries.definitions import definition_of


def owners_of(kind: str) -> frozenset[str]:
    """Codes of the departments that own an entry, in a newest version or in one that an edition runs on."""
    newest = (
        ProgrammeVersion.objects.values("programme").annotate(last=Max("pk")).values_list("last", flat=True)
    )
    run = Edition.objects.values_list("definition_version", flat=True)
    return frozenset(
        rule.owner
        for version in {*newest, *run}
        for rule in definition_of(version).negative_list
        if rule.code == kind
    )
