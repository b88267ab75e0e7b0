from services.workflow.domain.accounts import AccountAct
from services.workflow.wording.accounts import LABELS, account_act_label


def test_what_happens_to_an_account_is_kept_under_these_names() -> None:
    """They stand in rows that are never changed, so a name never changes either."""
    assert {str(act) for act in AccountAct} == {"closed", "reopened", "invited", "password_set"}


def test_every_act_has_its_own_words() -> None:
    assert set(LABELS) == set(AccountAct)
    assert len({account_act_label(act) for act in AccountAct}) == len(AccountAct)
