"""The acts on an objection: what each asks for and brings about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.workflow.commands.joint_findings import ANSWER_DAYS
from services.workflow.queries.joint_findings import bodies_free
from services.workflow.queries.objection_page import investigators_for
from services.workflow.web.forms import choice, line, missing, text
from services.workflow.web.step_page import Step, Will

ORDER = ("receive", "assign", "find", "consult", "dismiss", "sustain", "reply")


def investigators(objection: Any) -> list[tuple[str, str]]:
    return [
        (str(one.member_id), f"{one.unit.name} {one.member.name}") for one in investigators_for(objection)
    ]


def bodies(objection: Any) -> list[tuple[str, str]]:
    return [(str(unit.pk), unit.name) for unit in bodies_free(objection)]


class ReceiveForm(forms.Form):
    seal = forms.BooleanField(
        label=_("The seal of the unit was seen on paper"),
        required=False,
        help_text=_(
            "Of a unit's objection only. Without its seal it is looked into like a tip and holds nobody."
        ),
    )


class AssignForm(forms.Form):
    investigator = choice(
        _("Investigator"), [], hint=_("Only those are listed who took no part in judging this case.")
    )


class FindingForm(forms.Form):
    finding = text(
        _("Finding"),
        rows="8",
        hint=_("What was looked into, what was found, on what it rests. Name nobody who objects."),
    )


class ConsultForm(forms.Form):
    bodies = forms.MultipleChoiceField(
        label=_("Bodies that are asked"),
        help_text=_(
            "Only departments are listed that took no part in judging this case. Each answers for itself."
        ),
        choices=[],
        widget=forms.CheckboxSelectMultiple({"class": "tickbox"}),
        error_messages=missing(_("Bodies that are asked")),
    )
    question = text(
        _("Question"),
        rows="6",
        hint=_(
            "They read this, the unit and the notice, and nothing else of the objection. Write nothing by which"
            " whoever objects could be known."
        ),
    )
    working_days = line(_("Working days they have"), inputmode="numeric")


class SustainForm(forms.Form):
    effect = forms.ChoiceField(
        label=_("What the deciding body is asked for"),
        choices=[
            ("hold", _("To hold the unit and look further")),
            ("rescore", _("To have it scored anew; a second notice follows")),
            ("disqualify", _("To disqualify it")),
        ],
        initial="hold",
        required=False,
        widget=forms.RadioSelect({"class": "radio"}),
    )
    reason = text(
        _("Reason"), hint=_("It stays with the objection; the objector reads your reply, not this.")
    )


class GroundsForm(forms.Form):
    reason = text(
        _("Reason"), hint=_("It stays with the objection; the objector reads your reply, not this.")
    )


class ReplyForm(forms.Form):
    reply = text(_("Reply"), rows="8", hint=_("Whoever has the receipt number reads exactly this."))


STEPS = {
    step.name: step
    for step in (
        Step(
            "receive",
            _("Receive the objection"),
            _("The objection is received."),
            (Will("person", _("Next an investigator is chosen who judged nothing in the case.")),),
            ReceiveForm,
        ),
        Step(
            "assign",
            _("Assign to this investigator"),
            _("The investigator has it now."),
            (Will("shield-lock", _("The investigator alone may open who objects; every look is recorded.")),),
            AssignForm,
            choices={"investigator": investigators},
        ),
        Step(
            "find",
            _("State the finding"),
            _("The finding is with the office now."),
            (Will("inbox", _("The office decides by it whether the objection is sustained.")),),
            FindingForm,
        ),
        Step(
            "consult",
            _("Ask these bodies"),
            _("The bodies have been asked."),
            (
                Will(
                    "people",
                    _("Each gets the question as a task; you read what they found once they file it."),
                ),
                Will(
                    "pause-circle",
                    _("Your own finding waits until they have answered, or you close the question."),
                ),
            ),
            ConsultForm,
            choices={"bodies": bodies},
            initial=lambda row: {"working_days": str(ANSWER_DAYS)},
        ),
        Step(
            "dismiss",
            _("Dismiss the objection"),
            _("The objection is dismissed."),
            (Will("arrow-right", _("The unit goes on as soon as nothing else is open against it.")),),
            GroundsForm,
        ),
        Step(
            "sustain",
            _("Sustain the objection"),
            _("The objection is sustained."),
            (
                Will("pause-circle", _("The unit stays held.")),
                Will("people", _("The deciding body disqualifies it or has it scored anew.")),
            ),
            SustainForm,
            danger=True,
        ),
        Step(
            "reply",
            _("Send the reply"),
            _("The reply can be read by the receipt number."),
            (Will("envelope", _("The objection is concluded with it.")),),
            ReplyForm,
        ),
    )
}
