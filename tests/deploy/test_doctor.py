"""What `make doctor` tells of the certificate for signing."""

import pytest

from deploy.doctor import signature
from tests.workflow.documents.test_signing import NAME, PASSWORD, archive, certificate, valid


@pytest.fixture
def told(monkeypatch, tmp_path):
    def tell(content: bytes | None, password: str = PASSWORD) -> tuple[bool, str, str]:
        monkeypatch.delenv("SIGNING_PKCS12", raising=False)
        if content is not None:
            (tmp_path / "seal.p12").write_bytes(content)
            (tmp_path / "password").write_text(password + "\n")
            monkeypatch.setenv("SIGNING_PKCS12", str(tmp_path / "seal.p12"))
            monkeypatch.setenv("SIGNING_PASSWORD_FILE", str(tmp_path / "password"))
        [finding] = signature()
        return finding

    return tell


def test_it_says_that_nothing_is_signed(told):
    assert told(None)[:2] == (True, "公文不加电子签名")


def test_it_says_who_signs_and_until_when(told):
    fine, chinese, _ = told(archive(valid()))

    assert (fine, chinese) == (True, f"公文由“{NAME}”签名, 证书有效至 2120-01-01")


def test_a_certificate_that_ended_or_cannot_be_opened_is_marked(told):
    assert [
        told(content, word)[0]
        for content, word in ((archive(certificate(2021)), PASSWORD), (archive(valid()), "no"))
    ] == [
        False,
        False,
    ]
