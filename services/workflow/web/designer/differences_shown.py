"""The differences between two versions in the words of the forms."""

from collections.abc import Iterator, Sequence

from services.workflow.domain.differences import Difference
from services.workflow.web.designer.fields import Entry, Field, Fold, Rows
from services.workflow.web.designer.parts import FIXED
from services.workflow.web.designer.reading import flat
from services.workflow.web.designer.route_part import LEGS
from services.workflow.web.designer.standard_part import INDICATOR, STANDARD
from services.workflow.web.pages import Context
from services.workflow.wording.differences import CHANGES

# What stands on pages of its own below a row.
BELOW: dict[str, Sequence[Entry]] = {"indicators": INDICATOR.entries, "tracks": (LEGS, STANDARD)}


def changes_shown(found: Sequence[Difference]) -> list[Context]:
    """Each change with the field it is of, by its label, and the rows it lies in, by what they are known by."""
    return [
        {
            "where": " › ".join(_labelled(one.path)),
            "change": str(CHANGES[one.change]),
            "before": one.before,
            "after": one.after,
        }
        for one in found
    ]


def _labelled(path: Sequence[str]) -> Iterator[str]:
    entries: Sequence[Entry] = [entry for part in FIXED for entry in part.entries]
    in_rows = False
    for step in path:
        if in_rows:
            in_rows = False
            yield step
            continue
        entry = next((one for one in flat(entries) if not isinstance(one, Fold) and one.key == step), None)
        if entry is None or isinstance(entry, Fold):
            yield step
            continue
        yield str(entry.label)
        entries = [] if isinstance(entry, Field) else [*entry.entries, *BELOW.get(step, ())]
        in_rows = isinstance(entry, Rows)
