import base64

import pytest

from services.notify.ticket import BadTicket, Ticket, TicketOffice
from tests.notify.conftest import SECRET, sign

NOW = 1_790_000_000.0
CLAIMS = {"user": 7, "session": "s", "topics": ["case:1"], "nonce": "n", "exp": NOW + 60}


@pytest.fixture
def office():
    return TicketOffice(SECRET)


def why(office, text, now=NOW):
    with pytest.raises(BadTicket) as refused:
        office.redeem(text, now=now)
    return str(refused.value)


def test_a_good_ticket_says_what_was_signed(office):
    ticket = office.redeem(sign(CLAIMS), now=NOW)

    assert ticket == Ticket("7", "s", frozenset({"case:1"}), "n", NOW + 60)


def test_it_is_good_once(office):
    office.redeem(sign(CLAIMS), now=NOW)

    assert why(office, sign(CLAIMS)) == "used"


def test_it_expires_by_the_time_given(office):
    assert why(office, sign(CLAIMS), now=NOW + 60) == "expired"


def test_another_secret_forges(office):
    assert why(office, sign(CLAIMS, b"another secret of thirty-two chars")) == "forged"


def test_changed_claims_forge(office):
    _, _, mac = sign(CLAIMS).partition(".")
    payload, _, _ = sign({**CLAIMS, "topics": ["case:2"]}).partition(".")

    assert why(office, f"{payload}.{mac}") == "forged"


@pytest.mark.parametrize(
    "text", ["", ".", "a", "a.b", "ä.ö", "!.!", "x" * 20_000, sign(CLAIMS) + "=", sign(CLAIMS)[:-1] + " "]
)
def test_what_is_no_ticket_is_malformed_or_forged(office, text):
    assert why(office, text) in {"malformed", "forged"}


@pytest.mark.parametrize(
    "claims",
    [
        {},
        [],
        "text",
        {**CLAIMS, "topics": None},
        {**CLAIMS, "topics": "case:1"},
        {**CLAIMS, "exp": "soon"},
        {**CLAIMS, "exp": None},
    ]
    + [{k: v for k, v in CLAIMS.items() if k != gone} for gone in CLAIMS],
)
def test_a_signed_payload_without_its_claims_is_malformed(office, claims):
    assert why(office, sign(claims)) == "malformed"


@pytest.mark.parametrize("exp", [float("inf"), float("nan"), NOW + 70])
def test_a_life_longer_than_a_minute_is_malformed(office, exp):
    assert why(office, sign({**CLAIMS, "exp": exp})) == "malformed"


def test_padding_bits_make_no_second_text_of_one_ticket(office):
    payload, _, mac = sign(CLAIMS).partition(".")
    last = base64.urlsafe_b64decode(mac[-4:].ljust(4, "=")) if len(mac) % 4 == 0 else None
    other = mac[:-1] + chr(ord(mac[-1]) + 1)

    assert last is None
    assert why(office, f"{payload}.{other}") in {"malformed", "forged"}


def test_what_was_signed_before_rights_changed_is_void(office):
    office.void(now=NOW + 1, user="7")

    assert why(office, sign(CLAIMS), now=NOW + 2) == "void"


def test_what_is_signed_after_rights_changed_is_good(office):
    office.void(now=NOW, user="7")

    assert office.redeem(sign({**CLAIMS, "exp": NOW + 60.01}), now=NOW).user == "7"


def test_the_end_of_one_session_leaves_the_others(office):
    office.void(now=NOW + 1, user="7", session="s")

    assert why(office, sign(CLAIMS), now=NOW + 2) == "void"
    assert office.redeem(sign({**CLAIMS, "session": "t"}), now=NOW + 2).session == "t"


def test_what_expired_is_forgotten(office):
    for n in range(100):
        office.redeem(sign({**CLAIMS, "nonce": str(n), "exp": NOW + 60 + n}), now=NOW + n)

    assert len(office._used) < 70
