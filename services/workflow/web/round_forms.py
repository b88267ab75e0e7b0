"""What the acts on an open round ask for."""

from django import forms
from django.utils.translation import gettext_lazy

from services.workflow.web.forms import day, missing, text


class ReasonForm(forms.Form):
    reason = text(gettext_lazy("Reason"), hint=gettext_lazy("It stands in the course of the round."))


class ExtendForm(forms.Form):
    due_on = day(gettext_lazy("New due day"))
    reason = text(gettext_lazy("Reason"), hint=gettext_lazy("It stands in the course of the round."))


class RemindForm(forms.Form):
    text = text(gettext_lazy("What you say to them"), required=False)


class AddForm(forms.Form):
    body = forms.ChoiceField(
        label=gettext_lazy("Body"),
        widget=forms.Select({"class": "select"}),
        error_messages=missing(gettext_lazy("Body")),
    )
    reason = text(gettext_lazy("Reason"), hint=gettext_lazy("It stands in the course of the round."))


class LateForm(forms.Form):
    text = text(gettext_lazy("Your opinion"), hint=gettext_lazy("It is kept as a note and moves nothing."))
