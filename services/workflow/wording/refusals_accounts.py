"""Refusals about people's accounts."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACCOUNTS: dict[str, Promise] = {
    "person.not_found": _("This person is not in your district."),
    "account.own": _("Nobody changes their own account here; ask another security administrator."),
    "account.closed": _("This account is closed already."),
    "account.open": _("This account is open already."),
    "account.link_invalid": _(
        "The link was used, is too old, or was replaced by a newer log-in. Ask your administrator for a new one."
    ),
}
