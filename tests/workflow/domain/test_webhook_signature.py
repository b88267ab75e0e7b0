import pytest

from services.workflow.domain.webhook_signature import headers, secret_bytes, secret_text

# The example of the Standard Webhooks specification.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_published_example_comes_out() -> None:
    found = headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}', [SECRET])

    assert found == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": SIGNED,
    }


def test_two_secrets_sign_beside_each_other() -> None:
    other = secret_text(b"x" * 32)

    signature = headers("m", 1, b"", [other, SECRET])["webhook-signature"].split(" ")

    assert len(signature) == 2 and signature[1] == headers("m", 1, b"", [SECRET])["webhook-signature"]


@pytest.mark.parametrize("text", ["", "MfKQ", "whsec_***"])
def test_what_is_no_secret_is_no_key(text: str) -> None:
    with pytest.raises(ValueError, match="no webhook secret"):
        secret_bytes(text)
