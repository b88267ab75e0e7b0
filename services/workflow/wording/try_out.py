"""Words for the table of a definition tried out."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from services.workflow.domain.programme import Definition
from services.workflow.domain.refused import Refused
from services.workflow.wording.labels import role_label, stage_label
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.steps import step_label

SYSTEM = pgettext_lazy("actor", "by itself")
SITUATIONS: dict[str, Promise] = {
    "favourable": pgettext_lazy("situation", "nothing against it"),
    "incomplete": pgettext_lazy("situation", "something is missing"),
    "outside_window": pgettext_lazy("situation", "outside the window"),
    "title_held": pgettext_lazy("situation", "the title is held already"),
    "ladder_unmet": pgettext_lazy("situation", "a title below is not held"),
    "negative_list": pgettext_lazy("situation", "on the negative list"),
    "own_not_scored": pgettext_lazy("situation", "the self-check is not scored"),
    "own_below_mark": pgettext_lazy("situation", "the self-check is below its mark"),
    "not_drawn": pgettext_lazy("situation", "not drawn for the spot check"),
    "higher_rank_waits": pgettext_lazy("situation", "a better place waits undecided"),
    "over_composed": pgettext_lazy("situation", "too many of its kind"),
    "not_scored": pgettext_lazy("situation", "nothing is scored"),
    "below_mark": pgettext_lazy("situation", "below the pass mark"),
    "quota_used": pgettext_lazy("situation", "the quota is used"),
    "round_open": pgettext_lazy("situation", "the round is open"),
    "round_lost": pgettext_lazy("situation", "the round did not carry it"),
    "notice_running": pgettext_lazy("situation", "the notice is running"),
    "objection_open": pgettext_lazy("situation", "an objection is open"),
    "objection_sustained": pgettext_lazy("situation", "an objection was sustained"),
    "vetoed": pgettext_lazy("situation", "a veto is open"),
}


def tried_line(tried: Any, definition: Definition) -> str:
    """One row of the table as a line."""
    variant, *cells = tried_cells(tried, definition)
    return " | ".join([*filter(None, [variant]), *cells])


def tried_cells(tried: Any, definition: Definition) -> tuple[str, str, str, str, str, str]:
    """One row of the table: track and category, where, in which situation, which step, by whom, what came of it."""
    track = next((track for track in definition.tracks if track.key == tried.track), None)
    legs = (track.legs if track else ()) or definition.legs
    names = {leg.key: leg.name for leg in legs}
    role, _, unit = tried.actor.partition("@")
    who = f"{role_label(role)}({unit})" if unit else str(SYSTEM)
    led = "→ " + _to(tried.to, names) if tried.to else "✗ " + _refused(tried.refusal)
    variant = [track.name] if track else []
    variant += [category.name for category in definition.categories if category.code == tried.category]
    where = f"{names.get(tried.leg, tried.leg)}({stage_label(tried.stage)})"
    situation, step = str(SITUATIONS[tried.situation]), step_label("declaration", tried.step)
    return " | ".join(variant), where, situation, step, who, led


def _to(place: str, names: Mapping[str, str]) -> str:
    stage, _, leg = place.partition("/")
    return f"{names.get(leg, leg)}({stage_label(stage)})" if leg else stage_label(stage)


def _refused(code: str) -> str:
    return f"{refusal_text(Refused(code))} [{code}]"
