"""What the settings refuse by name."""

import pytest

from services.settings import BadSetting, env_file


def test_a_file_that_is_not_there_is_refused_by_its_settings_name(monkeypatch, tmp_path):
    monkeypatch.setenv("SIGNING_PKCS12", str(tmp_path / "seal.p12"))

    with pytest.raises(BadSetting, match="SIGNING_PKCS12"):
        env_file("SIGNING_PKCS12")

    (tmp_path / "seal.p12").touch()
    assert env_file("SIGNING_PKCS12") == (tmp_path / "seal.p12").resolve()


def test_none_named_is_none(monkeypatch):
    monkeypatch.delenv("SIGNING_PKCS12", raising=False)

    assert env_file("SIGNING_PKCS12") is None
