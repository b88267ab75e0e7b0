"""What the acts on a round bring about where it is about an objection and not about units on a slate."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy

from services.workflow.web.forms import Words
from services.workflow.web.step_page import Will

WILL: Mapping[str, tuple[Will, ...]] = {
    "add": (
        Will("people", gettext_lazy("The body gets the question as a task, due with the others.")),
        Will("shield-lock", gettext_lazy("It reads neither the objection nor what the others found.")),
    ),
    "cancel": (
        Will("x-circle", gettext_lazy("Open tasks are closed; what was found is kept with the objection.")),
        Will("arrow-return-left", gettext_lazy("You can state your finding, or ask anew.")),
    ),
    "close": (
        Will("lock", gettext_lazy("Nobody can answer any more; whoever is silent is named in the outcome.")),
        Will("arrow-return-left", gettext_lazy("You can state your finding, or ask anew.")),
    ),
}
DONE: Mapping[str, Words] = {
    "cancel": gettext_lazy("The bodies are no longer asked."),
    "close": gettext_lazy("The joint finding is closed."),
}


def about_objection(name: str, act: Any) -> Any:
    """The same act in the words that fit."""
    return replace(act, will=WILL.get(name, act.will), done=DONE.get(name, act.done))
