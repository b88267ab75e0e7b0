"""Which template of a paper the site uploaded, and what was changed before."""

from collections.abc import Sequence

from services.workflow.models import PaperTemplate

CHANGES_MOST = 50


def newest(name: str) -> PaperTemplate | None:
    """The last change of this paper's template; without a digest the site went back to the one before all uploads."""
    return PaperTemplate.objects.filter(name=name).select_related("by").order_by("-number").first()


def last_number() -> int:
    """The number of the last change of all, 0 before the first."""
    return PaperTemplate.objects.order_by("-number").values_list("number", flat=True).first() or 0


def changes() -> Sequence[PaperTemplate]:
    """The last fifty changes of all templates, the newest first."""
    return list(PaperTemplate.objects.select_related("by").order_by("-number")[:CHANGES_MOST])
