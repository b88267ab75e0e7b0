"""The town that each piece of work on an inbox page belongs to; a statement for each kind that has one."""

from collections.abc import Sequence

from services.workflow.queries.inbox import CASES, InboxItem

# A slate, a notice and a programme concern several towns.
OF_ONE_TOWN = ("declaration", "honour", "objection", "rectification")


def towns_on(items: Sequence[InboxItem]) -> dict[tuple[str, int], str]:
    """{(kind, id): name of the town}."""
    found: dict[tuple[str, int], str] = {}
    for kind in OF_ONE_TOWN:
        ids = [item.id for item in items if item.kind == kind]
        if not ids:
            continue
        rows = CASES[kind]._default_manager.filter(pk__in=ids, town__isnull=False)
        found.update({(kind, pk): name for pk, name in rows.values_list("pk", "town__name")})
    return found
