"""The acts on an honour that stand on a page of their own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.workflow.queries.successors import successors_of
from services.workflow.web.forms import choice, day, line, text
from services.workflow.web.step_page import Step, Will
from services.workflow.wording.labels import cause_label

ORDER = (
    "revoke",
    "retain",
    "open_rereview",
    "move_rereview",
    "warn",
    "order_rectification",
    "propose_revocation",
    "relinquish",
    "pass_on",
    "return_plaque",
)


def causes(honour: object) -> list[tuple[str, str]]:
    return [(one, cause_label(one)) for one in ("by_hand", "incident")]


def successors(honour: Any) -> list[tuple[str, str]]:
    return [(str(unit.pk), unit.name) for unit in successors_of(honour)]


class ReviewForm(forms.Form):
    cause = choice(_("Cause"), [])
    reason = text(_("What happened"), hint=_("For an incident: when, where, and who reported it."))


class MoveForm(forms.Form):
    on = day(_("New day of the re-review"))
    reason = text(_("Reason"), hint=_("It is kept with the honour."))


class PublicReasonForm(forms.Form):
    reason = text(_("Reason"), hint=_("It stands in the public register."))


class ReasonForm(forms.Form):
    reason = text(_("Reason"), hint=_("It is kept with the honour."))


class PlaqueForm(forms.Form):
    on = day(_("Returned on"))
    returned_by = line(_("Returned by"), hint=_("Who handed it in, with their office."), maxlength="80")


class VotedForm(PublicReasonForm):
    in_favour = line(_("Votes for"), hint=_("As counted at the meeting."), inputmode="numeric")
    against = line(_("Votes against"), inputmode="numeric")
    abstain = line(_("Abstentions"), inputmode="numeric")


class SuccessorForm(forms.Form):
    to = choice(_("Unit that keeps the title"), [])
    reason = text(
        _("Reason"), hint=_("The decision on the merger or split; it stands in the public register.")
    )


class OrderForm(PublicReasonForm):
    points_text = text(_("What is to be put right"), hint=_("One thing a line."))


STEPS = {
    step.name: step
    for step in (
        Step(
            "open_rereview",
            _("Open a re-review"),
            _("The re-review is open."),
            (
                Will("file-earmark-text", _("It is judged by the standard of today; what differs is shown.")),
                Will("inbox", _("It lies in the office's inbox.")),
            ),
            ReviewForm,
            choices={"cause": causes},
        ),
        Step(
            "move_rereview",
            _("Move the day of the re-review"),
            _("The re-review has a new day."),
            (Will("calendar3", _("It opens by itself on the new day; the old day no longer counts.")),),
            MoveForm,
        ),
        Step(
            "retain",
            _("Retain the title"),
            _("The title is retained."),
            (Will("check-lg", _("The title is held as before; the next re-review is counted from today.")),),
            ReasonForm,
        ),
        Step(
            "warn",
            _("Warn"),
            _("The warning is issued."),
            (Will("exclamation-triangle", _("The title stays, the warning stands in the public register.")),),
            PublicReasonForm,
        ),
        Step(
            "order_rectification",
            _("Order rectification"),
            _("The rectification is ordered."),
            (
                Will(
                    "wrench-adjustable", _("The unit has to hand in a plan, and to report by the deadline.")
                ),
                Will("x-octagon-fill", _("Where it still falls short, revocation can be proposed.")),
            ),
            OrderForm,
        ),
        Step(
            "propose_revocation",
            _("Propose revocation"),
            _("The proposal is with the committee."),
            (Will("people", _("The committee decides; whoever proposes does not decide.")),),
            ReasonForm,
            danger=True,
        ),
        Step(
            "revoke",
            _("Revoke the title"),
            _("The title is revoked."),
            (
                Will(
                    "file-earmark-text",
                    _("The decision on revocation gets its number and is drawn up as a document."),
                ),
                Will("archive", _("The register shows the revocation and its reason; the plaque goes back.")),
                Will("x-octagon-fill", _("It cannot be undone.")),
            ),
            PublicReasonForm,
            danger=True,
        ),
        Step(
            "pass_on",
            _("Pass the title on"),
            _("The title has passed to its successor."),
            (
                Will("people", _("The unit chosen holds the title from now on; its number stays.")),
                Will("file-earmark-text", _("Re-reviews go on as they were set.")),
            ),
            SuccessorForm,
            choices={"to": successors},
        ),
        Step(
            "return_plaque",
            _("Record the return"),
            _("The return of the plaque is recorded."),
            (Will("archive", _("The day and who handed it in stay in the record of the title.")),),
            PlaqueForm,
        ),
        Step(
            "relinquish",
            _("Give the title up"),
            _("The title is given up."),
            (Will("x-octagon-fill", _("It cannot be undone.")),),
            PublicReasonForm,
            danger=True,
        ),
    )
}
