"""The names of what is done about work beside its steps."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

SIDE_ACTS: dict[str, Promise] = {
    "claim": pgettext_lazy("side act", "Claim"),
    "release": pgettext_lazy("side act", "Give back"),
    "reassign": pgettext_lazy("side act", "Hand to a colleague"),
    "urge": pgettext_lazy("side act", "Urge"),
    "copy": pgettext_lazy("side act", "Copy to"),
    "recuse": pgettext_lazy("side act", "Recuse myself"),
    "hand_over": pgettext_lazy("side act", "Hand over"),
    "cosign": pgettext_lazy("side act", "Ask for an opinion"),
    "opinion": pgettext_lazy("side act", "Give my opinion"),
    "escalate": pgettext_lazy("side act", "Escalated to the head"),
}
ICONS = {
    "claim": "check-square",
    "release": "inbox",
    "reassign": "people",
    "urge": "megaphone",
    "copy": "eye",
    "recuse": "person-slash",
    "hand_over": "people",
    "cosign": "people",
    "opinion": "journal-text",
    "escalate": "exclamation-triangle-fill",
}


NATURES: dict[str, Promise] = {
    "kin": pgettext_lazy("relation", "Kin"),
    "former_post": pgettext_lazy("relation", "Worked there"),
    "interest": pgettext_lazy("relation", "Interest in it"),
    "other": pgettext_lazy("relation", "Other relation"),
}


def nature_label(nature: object) -> str:
    return str(NATURES.get(str(nature), nature))


def side_act_label(kind: object) -> str:
    return str(SIDE_ACTS.get(str(kind), kind))
