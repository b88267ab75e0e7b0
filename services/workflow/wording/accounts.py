"""What happened to an account, in words."""

from django.utils.translation import pgettext_lazy

from services.workflow.domain.accounts import AccountAct

LABELS = {
    AccountAct.CLOSED: pgettext_lazy("account", "Closed"),
    AccountAct.REOPENED: pgettext_lazy("account", "Opened again"),
    AccountAct.INVITED: pgettext_lazy("account", "Link for a password handed out"),
    AccountAct.PASSWORD_SET: pgettext_lazy("account", "Password set"),
}


def account_act_label(act: str) -> str:
    return str(LABELS[AccountAct(act)])
