"""Words for what differs between two versions of a programme."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from services.workflow.domain.differences import Change, Difference

CHANGES: dict[Change, Promise] = {
    Change.ADDED: pgettext_lazy("difference", "added"),
    Change.REMOVED: pgettext_lazy("difference", "taken out"),
    Change.CHANGED: pgettext_lazy("difference", "changed"),
    Change.MOVED: pgettext_lazy("difference", "in another order"),
}


def difference_line(difference: Difference) -> str:
    """One change: at which key, of what sort, from what to what."""
    sides = " → ".join(side for side in (difference.before, difference.after) if side)
    return " · ".join(part for part in (difference.key, str(CHANGES[difference.change]), sides) if part)
