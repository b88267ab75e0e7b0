"""The acts on a public notice: what each asks for and brings about."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.workflow.web.forms import line, text
from services.workflow.web.step_page import Step, Will

ORDER = ("prepare", "release", "close", "extend", "suspend", "reopen", "take_down")


class ReasonForm(forms.Form):
    reason = text(_("Reason"))


class ReleaseForm(forms.Form):
    reason = text(_("Reason"), required=False, hint=_("Needed only where the last day is provisional."))


class ExtendForm(forms.Form):
    working_days = line(_("Working days more"), inputmode="numeric", maxlength="2")
    reason = text(_("Reason"), hint=_("It is kept with the notice."))


STEPS = {
    step.name: step
    for step in (
        Step(
            "prepare",
            _("Hand over for release"),
            _("Handed over; somebody else of the office releases it."),
            (
                Will(
                    "people",
                    _("Your name is kept as the one who prepared it; you cannot release it yourself."),
                ),
                Will("inbox", _("It lies in the office's inbox for a second person.")),
            ),
        ),
        Step(
            "release",
            _("Release the notice"),
            _("The notice is public."),
            (
                Will("megaphone", _("Everybody can read it at once, and object until its last day.")),
                Will("list-ol", _("It gets its document number; day one is counted from today.")),
                Will("calendar3", _("It closes by itself after its last day.")),
            ),
            ReleaseForm,
        ),
        Step(
            "reopen",
            _("Send back to the draft"),
            _("It is a draft again."),
            (Will("arrow-return-left", _("It is a draft again, and has to be prepared anew.")),),
        ),
        Step(
            "extend",
            _("Extend the period"),
            _("The period is extended."),
            (Will("calendar3", _("The public page shows the new last day at once.")),),
            ExtendForm,
        ),
        Step(
            "suspend",
            _("Suspend the notice"),
            _("The notice is suspended."),
            (
                Will("pause-circle", _("Its end is open; no objection can be lodged meanwhile.")),
                Will("megaphone", _("Released again, its whole period is counted anew.")),
            ),
            ReasonForm,
            danger=True,
        ),
        Step(
            "close",
            _("Close the notice"),
            _("The notice is closed."),
            (
                Will("arrow-right", _("Units with nothing open against them go on to naming.")),
                Will("pause-circle", _("Units with an open objection or veto stay held.")),
            ),
        ),
        Step(
            "take_down",
            _("Take the notice down"),
            _("The notice is taken down."),
            (Will("archive", _("The public page goes; the notice and its result stay in the records.")),),
            ReasonForm,
            danger=True,
        ),
    )
}
