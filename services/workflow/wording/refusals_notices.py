"""What is said where a notice or a file of it may not go before the public, and where in it a number stands."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NOTICES: dict[str, Promise] = {
    "notice.personal_number": _(
        "%(where)s shows what must not be public: %(what)s %(masked)s (%(count)s found in all). Mask it or leave the"
        " file out, then go on."
    ),
    "notice.file_unread": _(
        "Parts of “%(name)s” could not be read through. Somebody answers for it by name and reason, or it is left out."
    ),
    "notice.nothing_unread": _("There is nothing in “%(name)s” that somebody still has to answer for."),
    "notice.file_not_found": _("This notice has no such file."),
    "objection.bodies_still_asked": _(
        "Other bodies are still asked for their finding. Wait for their answers, or close the question."
    ),
    "objection.letter_there": _("A scan of the letter has been sealed with this objection already."),
    "objection.body_judged": _(
        "One of these bodies cannot be asked: it or somebody of it took part in judging this case."
    ),
    "objection.question_personal": _(
        "The question holds a telephone, ID or bank card number. Take it out: the bodies must not learn who objects."
    ),
    "objection.not_sustained": _("No objection against this unit was sustained."),
    "objection.came_on_impossible": _(
        "The day on which it came, or of its postmark, lies between the day of publication and today."
    ),
    "notice.honour_not_ready": _("The title %(number)s does not stand as this notice says."),
    "notice.files_most": _("A notice carries %(most)s files at most."),
}
EXPOSED: dict[str, Promise] = {
    "id_number": pgettext_lazy("found in a notice", "ID number"),
    "mobile": pgettext_lazy("found in a notice", "mobile number"),
    "bank_card": pgettext_lazy("found in a notice", "bank card"),
}
WHERE: dict[str, Promise] = {
    "title": pgettext_lazy("of a notice", "The title"),
    "text": pgettext_lazy("of a notice", "The text"),
    "signer": pgettext_lazy("of a notice", "The signature"),
}
PARTS: dict[str, Promise] = {
    "body": pgettext_lazy("part of a file", "text"),
    "footnotes": pgettext_lazy("part of a file", "footnotes"),
    "endnotes": pgettext_lazy("part of a file", "endnotes"),
    "comments": pgettext_lazy("part of a file", "comments"),
    "header": pgettext_lazy("part of a file", "header"),
    "footer": pgettext_lazy("part of a file", "footer"),
    "notes": pgettext_lazy("part of a file", "speaker notes"),
    "sheet": pgettext_lazy("part of a file", "sheet"),
    "hidden_sheet": pgettext_lazy("part of a file", "hidden sheet"),
    "names": pgettext_lazy("part of a file", "defined names"),
    "metadata": pgettext_lazy("part of a file", "metadata"),
    "page": pgettext_lazy("part of a file", "page"),
    "annotation": pgettext_lazy("part of a file", "annotation"),
    "form": pgettext_lazy("part of a file", "form field"),
    "other": pgettext_lazy("part of a file", "another part"),
}
UNREAD: dict[str, Promise] = {
    "encrypted": pgettext_lazy("not read", "encrypted"),
    "broken": pgettext_lazy("not read", "damaged"),
    "picture": pgettext_lazy("not read", "a picture"),
    "no_text": pgettext_lazy("not read", "a page without text, a scan perhaps"),
    "unknown": pgettext_lazy("not read", "of an unknown kind"),
    "too_deep": pgettext_lazy("not read", "a file within too many files"),
    "too_large": pgettext_lazy("not read", "unpacks into too much"),
}


def exposed_label(kind: object) -> str:
    return str(EXPOSED.get(str(kind), kind))


def part_label(kind: object) -> str:
    return str(PARTS.get(str(kind), kind))


def unread_label(why: object) -> str:
    return str(UNREAD.get(str(why), why))


def where_label(where: object) -> str:
    """Where in a notice something stands: its title, a line, a file."""
    place, _sign, number = str(where).partition(":")
    if place == "line":
        return str(_("Line %(n)s of the list")) % {"n": number}
    if place == "file":
        return str(_("File %(n)s")) % {"n": number}
    return str(WHERE.get(place, where))
