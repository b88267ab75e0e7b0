"""The acts on a public notice: what each asks for and brings about."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.workflow.domain.definition_checks import SHOWN_MOST
from services.workflow.domain.masking import masked_text
from services.workflow.queries.notice_gate import kept_files
from services.workflow.web.forms import choice, line, text
from services.workflow.web.step_page import Step, Will

ORDER = ("prepare", "release", "close", "amend", "withhold", "extend", "suspend", "reopen", "take_down")


class WordsForm(forms.Form):
    title = line(pgettext_lazy("of a notice", "Title"), maxlength="120")
    text = text(_("Text"), rows="8", hint=_("Numbers that must not be public are masked here already."))


class FileForm(forms.Form):
    file = choice(_("File"), [])


class VouchForm(forms.Form):
    file = choice(_("File"), [])
    reason = text(
        _("Reason"),
        hint=_("What you looked through, and why nothing in it harms anybody. It is kept with your name."),
    )


def masked_words(row: Any) -> dict[str, str]:
    """The words as they may be public: each number found in them is masked."""
    return {"title": masked_text(row.title), "text": masked_text(row.text)}


def days_shown(row: Any) -> dict[str, str]:
    """What the programme says of it, to begin with."""
    return {"shown_days": "" if row.shown_days is None else str(row.shown_days)}


def files_of(row: Any) -> list[tuple[str, str]]:
    return [(str(file.position), file.name) for file in kept_files([row.pk])]


def unread_files(row: Any) -> list[tuple[str, str]]:
    """Files that nobody answers for yet and that somebody may answer for."""
    return [
        (str(file.position), file.name)
        for file in kept_files([row.pk])
        if file.findings["unread"] and not file.findings["found"] and file.vouched_by_id is None
    ]


class ReasonForm(forms.Form):
    reason = text(_("Reason"))


class ReleaseForm(forms.Form):
    shown_days = line(
        _("Days it stays up after its close"),
        required=False,
        inputmode="numeric",
        maxlength="4",
        hint=format_lazy(
            _("1 to {most}; then it is taken down by itself. Empty: it stays up with its result."),
            most=SHOWN_MOST,
        ),
    )
    reason = text(_("Reason"), required=False, hint=_("Needed only where the last day is provisional."))


class ExtendForm(forms.Form):
    working_days = line(_("Working days more"), inputmode="numeric", maxlength="2")
    reason = text(_("Reason"), hint=_("It is kept with the notice."))


STEPS = {
    step.name: step
    for step in (
        Step(
            "amend",
            _("Keep these words"),
            _("The words are changed."),
            (Will("pencil", _("Title and text stand so on the public page, the poster and in the data.")),),
            WordsForm,
            initial=masked_words,
        ),
        Step(
            "detach",
            _("Leave the file out"),
            _("The file is left out."),
            (Will("file-earmark-text", _("It is not published; that it was there stays in the record.")),),
            FileForm,
            choices={"file": files_of},
        ),
        Step(
            "vouch",
            _("I answer for it"),
            _("Your word is kept with the file."),
            (
                Will("person", _("Your name, the moment and your reason are kept in the record for good.")),
                Will("megaphone", _("The file goes out with the notice, unread parts and all.")),
            ),
            VouchForm,
            choices={"file": unread_files},
        ),
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
            initial=days_shown,
        ),
        Step(
            "reopen",
            _("Send back to the draft"),
            _("It is a draft again."),
            (Will("arrow-return-left", _("It is a draft again, and has to be prepared anew.")),),
        ),
        Step(
            "withhold",
            _("Let it run without the public"),
            _("The notice runs, kept from the public."),
            (
                Will(
                    "eye",
                    _("The public reads its number, its period and your reason, and neither words nor list."),
                ),
                Will(
                    "people", _("Objections are entered by the office alone; the period is counted as ever.")
                ),
            ),
            ReasonForm,
            danger=True,
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
                Will("megaphone", _("Released again, the working days that were left are counted on.")),
            ),
            ReasonForm,
            danger=True,
        ),
        Step(
            "close",
            _("Close the notice"),
            _("The notice is closed."),
            (
                Will("arrow-right", _("Units with nothing open against them go on to the next leg.")),
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
