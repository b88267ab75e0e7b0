"""What one person chose to hear beyond the browser."""

from dataclasses import dataclass

from services.workflow.domain.messages import Channel, How, MessageKind, whole_table
from services.workflow.models import Choice, MemberRhythm, Reach
from services.workflow.queries.hearers import channels_served


@dataclass(frozen=True)
class Preferences:
    """`table` has every kind on every channel with what holds; `reaches` how each channel reaches them, masked."""

    table: dict[tuple[MessageKind, Channel], How]
    reaches: dict[str, str]
    rhythm: MemberRhythm
    served: tuple[Channel, ...]


def preferences_of(member_id: int) -> Preferences:
    """Choices with their defaults, addresses as far as they may be shown, and the rhythm."""
    rows = Choice.objects.filter(member=member_id).values_list("kind", "channel", "how")
    choices = {(kind, channel): how for kind, channel, how in rows}
    return Preferences(
        table={(kind, channel): how for kind, channel, how in whole_table(choices)},
        reaches=dict(Reach.objects.filter(member=member_id).values_list("channel", "shown")),
        rhythm=MemberRhythm.objects.filter(member=member_id).first() or MemberRhythm(member_id=member_id),
        served=channels_served(),
    )
