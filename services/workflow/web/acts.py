"""One page for each act on a declaration: its form, what it will do, how grave it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from services.workflow.domain.actor import Actor
from services.workflow.domain.programme_rules import AfterReturn
from services.workflow.domain.stages import Role
from services.workflow.models import Declaration
from services.workflow.queries.corrections import return_choices_of
from services.workflow.queries.side_acts import colleagues_of
from services.workflow.web.case_shown import receiver
from services.workflow.web.forms import choice, day, line, text
from services.workflow.web.step_page import Will
from services.workflow.wording.labels import role_label

REASON = pgettext_lazy("field of an act", "Reason")
OPINION = pgettext_lazy("field of an act", "Opinion")
SEEN = gettext_lazy("It is kept in the course of the case and read by everyone who may see the case.")


class OpinionForm(forms.Form):
    """An act that says yes: words are welcome, not asked for."""

    reason = text(OPINION, hint=SEEN, required=False)


class ReasonForm(forms.Form):
    """An act that people must be able to read the reason of afterwards."""

    reason = text(REASON, hint=SEEN)


class EndorseForm(OpinionForm):
    rank = line(
        gettext_lazy("Rank on the town's list"),
        hint=gettext_lazy("1 is the first; may be left open"),
        required=False,
        inputmode="numeric",
    )
    field_order = ("rank", "reason")


class ReturnForm(forms.Form):
    reason = text(
        gettext_lazy("What is to be corrected"),
        hint=gettext_lazy("Name the criterion and what is missing, one a line; the unit reads exactly this."),
        rows="6",
    )


def return_form(case: Declaration, by: Actor) -> type[forms.Form]:
    """To which earlier leg, where the route leaves a choice; the usual one is chosen already."""
    choices = return_choices_of(case)
    if len(choices) < 2:
        return ReturnForm
    listed = [(one.key, f"{one.name}（{receiver(case, one.leg)}）") for one in choices]
    field = choice(gettext_lazy("Back to"), listed)
    field.initial = next((one.key for one in choices if one.usual), None)
    return type("ChosenReturnForm", (ReturnForm,), {"to": field, "field_order": ("to",)})


def _returned(case: Declaration) -> list[Will]:
    """Who puts it right, and how it comes back to this leg."""
    assert case.leg is not None
    choices, leg = return_choices_of(case), case.facts.legs[case.leg]
    rows = []
    if len(choices) == 1 and choices[0].leg:
        words = _("It goes back to %(body)s: %(leg)s.") % {
            "body": receiver(case, choices[0].leg),
            "leg": choices[0].name,
        }
        rows.append(Will("arrow-return-left", words))
    elif len(choices) == 1:
        words = _("%(unit)s can write in it again and is told what to correct.") % {"unit": case.unit.name}
        rows.append(Will("arrow-return-left", words))
    else:
        rows.append(
            Will(
                "arrow-return-left",
                _("It goes back to the leg that you choose, which is told what to correct."),
            )
        )
    back = (
        _("Once corrected it goes again through the legs between.")
        if leg.after_return is AfterReturn.THROUGH
        else _("Once corrected it comes straight back to this leg, with a new deadline.")
    )
    return [*rows, Will("arrow-right", back)]


class VetoForm(forms.Form):
    basis = line(
        gettext_lazy("Document it rests on"), hint=gettext_lazy("Its number or title"), maxlength="200"
    )
    event_on = day(gettext_lazy("Day of the event"))
    reason = text(gettext_lazy("What happened"), hint=SEEN)


def veto_form(case: Declaration, by: Actor) -> type[forms.Form]:
    """Only the grounds that this department owns."""
    grounds = [g for g in case.facts.definition.veto_grounds if g.owner == by.unit_code]
    hint = _("Looks back %(n)d months") % {"n": grounds[0].look_back_months} if grounds else ""
    field = choice(pgettext_lazy("field of an act", "Ground"), [(g.code, g.name) for g in grounds], hint=hint)
    return type("OwnVetoForm", (VetoForm,), {"ground": field, "field_order": ("ground",)})


def hand_over_form(case: Declaration, by: Actor) -> type[forms.Form]:
    """To one of the other clerks of the unit."""
    field = choice(
        pgettext_lazy("field of handing on", "Colleague"),
        [(str(number), name) for number, name in colleagues_of(by)],
    )
    return type("HandOverForm", (ReasonForm,), {"to": field, "field_order": ("to",)})


def _plain(form: type[forms.Form]) -> Callable[[Declaration, Actor], type[forms.Form]]:
    return lambda case, by: form


def _onward(case: Declaration) -> list[Will]:
    """Whose it is next, and for how long."""
    assert case.leg is not None
    legs = case.facts.definition.legs
    if case.leg + 1 >= len(legs):
        return []
    leg = legs[case.leg + 1]
    words = _("It goes on to %(body)s: %(leg)s.") % {"body": receiver(case, case.leg + 1), "leg": leg.name}
    rows = [Will("arrow-right", words)]
    if leg.due_days:
        days = _("It is to be decided there within %(n)d working days.") % {"n": leg.due_days}
        rows.append(Will("clock", days))
    return rows


def _says(*sentences: tuple[str, Promise]) -> Callable[[Declaration], list[Will]]:
    def will(case: Declaration) -> list[Will]:
        names = {"unit": case.unit.name}
        return [Will(icon, str(words) % names) for icon, words in sentences]

    return will


def _endorse(case: Declaration) -> list[Will]:
    words = _("From here on the town applies for %(unit)s.") % {"unit": case.unit.name}
    return [Will("check-circle", words), *_onward(case)]


FINAL = ("x-octagon-fill", gettext_lazy("It is final for this edition and cannot be undone."))


@dataclass(frozen=True)
class ActPage:
    """How an act is asked for. `tone` is "danger" where it ends something; `corrections` can be ticked off a list."""

    form: Callable[[Declaration, Actor], type[forms.Form]]
    will: Callable[[Declaration], list[Will]]
    tone: str = ""
    scores: bool = False
    corrections: bool = False


PAGES: dict[str, ActPage] = {
    "endorse": ActPage(_plain(EndorseForm), _endorse, scores=True),
    "confirm": ActPage(_plain(OpinionForm), _onward),
    "decide": ActPage(_plain(OpinionForm), _onward),
    "confer": ActPage(
        _plain(OpinionForm),
        _says(
            ("award", gettext_lazy("%(unit)s is named and enters the register of honours.")),
            (
                "file-earmark-text",
                gettext_lazy("The decision gets its number and is drawn up as a document."),
            ),
        ),
    ),
    "return": ActPage(return_form, _returned, corrections=True),
    "decline": ActPage(
        _plain(ReasonForm),
        _says(("dash-circle", gettext_lazy("%(unit)s is not passed on.")), FINAL),
        "danger",
    ),
    "pass_over": ActPage(
        _plain(ReasonForm),
        _says(("dash-circle", gettext_lazy("%(unit)s is not selected in this edition.")), FINAL),
        "danger",
    ),
    "withdraw": ActPage(
        _plain(ReasonForm),
        _says(
            ("archive", gettext_lazy("%(unit)s steps out of this edition; everybody concerned is told.")),
            ("arrow-repeat", gettext_lazy("While the window is open a new declaration may be begun.")),
        ),
        "danger",
    ),
    "hand_over": ActPage(
        hand_over_form,
        _says(
            ("people", gettext_lazy("Your colleague is the applicant of record from now on.")),
            ("clock", gettext_lazy("It stays where it is, with its deadline.")),
        ),
    ),
    "take_back": ActPage(
        _plain(OpinionForm),
        _says(
            ("arrow-return-left", gettext_lazy("It is a draft again and may be written in.")),
            ("clock", gettext_lazy("File it again before the edition closes; the receipt number stays.")),
        ),
    ),
    "raise_veto": ActPage(
        veto_form,
        _says(
            (
                "ban",
                gettext_lazy("Every forward step on %(unit)s stops at once, and its clock stands still."),
            ),
            ("list-ol", gettext_lazy("It is struck from the slate it stands on; the others go on.")),
            ("people", gettext_lazy("The committee disqualifies it, or your department lifts the veto.")),
        ),
        "danger",
    ),
    "lift_veto": ActPage(
        _plain(ReasonForm),
        _says(
            ("check-circle", gettext_lazy("%(unit)s goes on where it stood.")),
            ("clock", gettext_lazy("Its clock goes on with the working days that were left.")),
        ),
    ),
    "rescore": ActPage(
        _plain(ReasonForm),
        _says(
            ("arrow-return-left", gettext_lazy("%(unit)s goes back to the last leg at which it was scored.")),
            ("megaphone", gettext_lazy("Once decided anew, it stands in a second notice.")),
        ),
        "danger",
    ),
    "disqualify": ActPage(
        _plain(ReasonForm),
        _says(("ban", gettext_lazy("%(unit)s is disqualified.")), FINAL),
        "danger",
    ),
}
# Which of the open acts is the filled button: the one that takes the case forward.
FORWARD = ("confer", "decide", "confirm", "endorse", "resubmit", "submit")


def fields_of(sent: dict[str, Any]) -> dict[str, Any]:
    """What goes to the command beside the reason."""
    return {name: value for name, value in sent.items() if name != "reason"}


def role_needed(case: Declaration, step: str) -> str:
    """The role whose act it is, for somebody who holds another."""
    fixed = {
        "withdraw": Role.DECLARANT,
        "take_back": Role.DECLARANT,
        "hand_over": Role.DECLARANT,
        "raise_veto": Role.DEPARTMENT,
        "lift_veto": Role.DEPARTMENT,
    }
    if step in {"disqualify", "rescore"}:
        return role_label(case.facts.decider.role)
    role = fixed.get(step) or case.waiting_role
    return role_label(role) if role and role != "round" else ""
