"""What somebody keeps for themselves: views of the inbox, phrases for opinions, and who stands in for them."""

from services.workflow.domain.actor import Actor
from services.workflow.models import Deputy, Phrase, SavedView


def views_of(actor: Actor) -> list[SavedView]:
    """Views of the inbox, by name."""
    return list(SavedView.objects.filter(member=actor.member_id).order_by("name"))


def phrases_of(actor: Actor) -> list[Phrase]:
    """Phrases, those kept first standing first."""
    return list(Phrase.objects.filter(member=actor.member_id).order_by("pk"))


def deputies_of(actor: Actor) -> list[Deputy]:
    """Everybody who stands in or stood in for this person, the latest first."""
    rows = Deputy.objects.filter(principal=actor.member_id).select_related("deputy")
    return list(rows.order_by("-begins_at", "-pk"))
