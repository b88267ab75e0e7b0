"""What is said where a message beyond the browser, or what it needs, cannot be taken: one sentence for each code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DELIVERY: dict[str, Promise] = {
    "field.not_an_hour": _("“%(field)s” must be an hour such as 08:30."),
    "reach.mail_malformed": _("This is no mail address. It looks like name@example.cn."),
    "reach.mobile_malformed": _(
        "This is no mobile number of the mainland. It has eleven digits and begins with 1."
    ),
    "reach.missing": _("No address is kept for this channel yet. Save one first."),
    "reach.not_served": _("This site does not send on this channel. Ask your administrator."),
    "rhythm.half_quiet": _("Quiet hours need a beginning and an end; leave both empty for none."),
    "endpoint.not_found": _("This endpoint cannot be found; it may have been removed."),
    "endpoint.address_malformed": _(
        "This is no address that can be called. It begins with https:// and has no blanks."
    ),
    "endpoint.not_https": _("The address must begin with https://."),
    "endpoint.private_address": _(
        "The address lies in a private network. The server's operator can allow it in DELIVERY_ALLOW."
    ),
    "endpoint.robot_elsewhere": _(
        "The address of such a robot lies at: %(hosts)s. Copy it from the group's settings."
    ),
    "endpoint.secret_malformed": _("The secret is not in the right form. Copy it from the robot's settings."),
    "endpoint.no_secret": _("Only webhooks have a secret of ours."),
    "endpoint.unreadable": _(
        "The address cannot be unsealed: the key is missing. Tell your administrator, or save the address again."
    ),
    "delivery.not_found": _("This delivery cannot be found."),
    "delivery.not_dead": _("Only deliveries that were given up can be sent again."),
    "delivery.too_many_tests": _("No more than %(most)s test messages an hour. Try again later."),
}
