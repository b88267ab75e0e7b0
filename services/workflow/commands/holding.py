"""Holding editions: what cases of one edition share, its places, is given to one command at a time."""

from collections.abc import Callable, Collection, Sequence

from services.workflow.commands.advance import Move
from services.workflow.domain.programme import Definition
from services.workflow.models import Edition
from services.workflow.queries.places import tracks_of


def editions_of(moves: Sequence[Move]) -> list[Edition]:
    """The editions of the cases asked for."""
    return list(Edition.objects.filter(declarations__in=[move.case for move in moves]).distinct())


def hold_where(editions: Collection[Edition], shared: Callable[[Definition], bool]) -> None:
    """Lock the editions that a track of theirs shares something in, in primary-key order; editions before cases."""
    held = [e.pk for e in editions if any(shared(track) for track in tracks_of(e).values())]
    if held:
        list(Edition.objects.filter(pk__in=held).order_by("pk").select_for_update())
