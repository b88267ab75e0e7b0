"""What is said where input, log-in or a file cannot be taken: one sentence for each code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INPUT: dict[str, Promise] = {
    # who asks
    "login.required": _("Please log in first."),
    "login.failed": _("The user name or the password is not right. Check both and try again."),
    "login.locked": _(
        "Too many failed attempts to log in. Wait a quarter of an hour, or ask your administrator."
    ),
    "first_admin.link_invalid": _(
        "This link is not valid, or a day has passed. Have a new one printed on the server."
    ),
    "first_admin.taken": _("Somebody holds an office already, so this link no longer works."),
    "office.none": _(
        "You hold no office at present, so there is nothing you can act on. Ask the security "
        "administrator of your district."
    ),
    "office.not_yours": _("You do not hold this office. Choose one of your own offices."),
    "request.csrf": _("This page is no longer valid. Load it again and repeat what you did."),
    # how it is asked
    "request.malformed": _("What was sent could not be read: it is no valid JSON."),
    "request.invalid": _(
        "What was sent is not complete or not in the right form. Look at the fields that are named."
    ),
    "request.text_unkeepable": _(
        "What was sent contains a character that cannot be kept. Type the text again."
    ),
    "request.number_too_large": _("What was sent contains a number that is too large."),
    "request.key_malformed": _("The Idempotency-Key must be a UUID."),
    "request.version_malformed": _('If-Match must hold a version such as "3", or "3.7" with its revision.'),
    "request.cursor_malformed": _("This page of the list cannot be found. Begin again with the first page."),
    "request.too_large": _("What was sent is too large: %(kibibytes)s KiB at most."),
    "request.length_required": _("The length of the content must be named in Content-Length."),
    "request.not_found": _("There is nothing at this address."),
    "request.method_not_allowed": _("This address does not take %(method)s."),
    "request.filter_invalid": _("The list cannot be filtered by %(field)s in this way."),
    "server.error": _(
        "Something went wrong here. Nothing was changed; try again, and tell your administrator if it "
        "happens once more."
    ),
    "busy": _("Many people are working on this at the same moment. Nothing was changed; please try again."),
    "key_reused": _(
        "This request's key has already been used for something else. Send it again with a new key."
    ),
    "overtaken": _(
        "Somebody has acted on this in the meantime; your act changed nothing. Look at the present state "
        "first."
    ),
    # fields
    "field.missing": _("“%(field)s” has not been filled in."),
    "field.invalid": _("“%(field)s” is not in the right form."),
    "field.not_text": _("“%(field)s” must be text."),
    "field.too_long": _("“%(field)s” is too long: %(limit)s characters at most."),
    "field.not_a_date": _("“%(field)s” must be a date such as 2026-09-30."),
    "field.not_a_number": _("“%(field)s” must be a number."),
    "field.out_of_range": _("“%(field)s” must lie between %(least)s and %(most)s."),
    "field.not_a_choice": _("“%(field)s” must be one of: %(choices)s."),
    # evidence
    "evidence.not_found": _("This file cannot be found; it may have been removed."),
    "evidence.too_many": _("No more than %(most)s files for one criterion. Remove one first."),
    "file.empty": _("The file is empty. Choose it again."),
    "file.too_large": _(
        "The file is too large: %(megabytes)s MB at most. Make the picture smaller, or split the paper."
    ),
    "file.kind_forbidden": _("Files of this kind are not taken. Use one of: %(allowed)s."),
    "file.kind_mismatch": _(
        "The content of “%(name)s” does not fit the ending of its name. Save it again in the right form."
    ),
    "file.missing": _("The bytes of this file are not in the store. Tell your administrator."),
    # documents, clock, tickets
    "document.not_found": _("This document cannot be found."),
    "log.not_begun": _("The transparency log has no entry yet. Ask again in a moment."),
    "log.not_found": _("The transparency log has no such entry."),
    "log.size_unknown": _("The transparency log never had %(size)s entries."),
    "document.no_file": _("There is no printed form of this kind of document."),
    "document.font_missing": _(
        "No Chinese font was found (%(wanted)s), so no document can be made. Tell your administrator."
    ),
    "document.not_signed": _(
        "Documents cannot be signed: %(reason)s. Until that is put right none is made; tell your administrator."
    ),
    "document.template_broken": _(
        "The template “%(template)s” cannot be filled in: %(reason)s. Your administrator puts it right on "
        "the page “Document templates”, or finds it with `manage.py papers check`."
    ),
    "template.faulty": _("The template was not taken: %(reason)s. The one in use stays."),
    "template.overtaken": _(
        "Somebody has changed a template since you looked. Look at those in use now, then decide."
    ),
    "template.unknown": _("There is no document of this kind with a template."),
    "document.character_missing": _(
        "The character %(character)s (%(codepoint)s) has no picture in any font. Replace it, or have a "
        "font installed."
    ),
    "calendar.year_not_next": _(
        "Load the year that follows the known ones, or one of %(least)s to %(most)s anew."
    ),
    "calendar.overtaken": _(
        "A calendar was loaded since you looked at what would change. Look again, then decide."
    ),
    "clock.not_demo": _("Time can be moved in the demonstration only."),
    "ticket.too_many_topics": _("A ticket takes %(most)s topics at most."),
    "ticket.nothing_allowed": _("None of these topics is for you to hear."),
}
