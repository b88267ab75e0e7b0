"""Setting up: what is taken over from pip, and when nothing has to be done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy import bootstrap
from deploy.bootstrap import SetupFailed, checked_wheel, parse_pip_settings, reachable, uv_settings

ALWAYS = {
    "UV_NO_CONFIG": "1",
    "UV_PYTHON_DOWNLOADS": "never",
    "UV_SYSTEM_CERTS": "1",
    "UV_INDEX_STRATEGY": "unsafe-best-match",
}


def test_pip_wheel_agrees_with_its_checksum():
    assert checked_wheel().suffix == ".whl"


def test_changed_wheel_is_refused(tmp_path, monkeypatch):
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  pip-1-py3-none-any.whl\n")
    (tmp_path / "pip-1-py3-none-any.whl").write_bytes(b"something else")
    monkeypatch.setattr(bootstrap, "WHEELS", tmp_path)

    with pytest.raises(SetupFailed, match=r"校验和不符.*does not agree"):
        checked_wheel()


def test_environment_outranks_install_and_install_outranks_global():
    listing = "\n".join(
        [
            ":env:.proxy='of-the-environment'",
            "global.index-url='of-global'",
            "global.proxy='of-global'",
            "install.index-url='of-install'",
            "install.proxy='of-install'",
            "download.index-url='of-another-command'",
            "not a setting",
        ]
    )

    assert parse_pip_settings(listing) == {"proxy": "of-the-environment", "index-url": "of-install"}


def test_without_settings_of_pip_uv_gets_none():
    assert uv_settings({}, {}) == ALWAYS


def test_every_setting_of_pip_reaches_uv(tmp_path):
    authority = tmp_path / "authority.pem"
    authority.touch()
    pip = {
        "index-url": "https://index.example/simple",
        "extra-index-url": "\nhttps://more.example/simple\nhttps://third.example/simple",
        "find-links": str(tmp_path),
        "cert": str(authority),
        "client-cert": "client.pem",
        "proxy": "http://proxy.example:3128",
        "trusted-host": "index.example more.example",
        "no-index": "true",
        "timeout": "60",
    }

    assert uv_settings(pip, {}) == ALWAYS | {
        "UV_DEFAULT_INDEX": "https://index.example/simple",
        "UV_INDEX": "https://more.example/simple https://third.example/simple",
        "UV_FIND_LINKS": str(tmp_path),
        "UV_NO_INDEX": "1",
        "UV_INSECURE_HOST": "index.example more.example",
        "HTTP_PROXY": "http://proxy.example:3128",
        "HTTPS_PROXY": "http://proxy.example:3128",
        "SSL_CERT_FILE": str(authority),
        "SSL_CLIENT_CERT": "client.pem",
        "UV_HTTP_TIMEOUT": "60",
    }


def test_local_places_that_do_not_exist_are_left_out(tmp_path):
    (tmp_path / "a b").mkdir()
    there, gone = f"{tmp_path.as_uri()}/a%20b", f"{tmp_path.as_uri()}/gone"

    settings = uv_settings({"extra-index-url": f"{there} {gone}", "find-links": f"{tmp_path}/gone"}, {})

    assert settings == ALWAYS | {"UV_INDEX": there}


def test_authority_of_requests_serves_where_pip_names_none(tmp_path):
    authority = tmp_path / "authority.pem"
    authority.touch()

    assert uv_settings({}, {"REQUESTS_CA_BUNDLE": str(authority)})["SSL_CERT_FILE"] == str(authority)


@pytest.mark.parametrize(
    ("location", "expected"), [("https://index.example/simple", True), ("/", True), ("/no/such/place", False)]
)
def test_reachable_asks_nothing_of_the_network(location, expected):
    assert reachable(location) is expected


def test_catalogue_is_stale_until_it_is_compiled_after_its_last_change(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    text = tmp_path / "services/workflow/web/locale/zh_Hans/LC_MESSAGES/django.po"
    text.parent.mkdir(parents=True)
    text.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Inbox"\nmsgstr "待办"\n'
    )
    compiled = text.with_suffix(".mo")

    before = bootstrap.catalogues()
    subprocess.run([sys.executable, str(bootstrap.WHEELS.parent / "catalogues.py"), str(text)], check=True)
    after = bootstrap.catalogues()
    os.utime(compiled, ns=(0, 0))

    assert (before, after, bootstrap.catalogues()) == ([str(text)], [], [str(text)])
    assert "待办".encode() in compiled.read_bytes()


def test_setting_up_again_does_nothing_and_says_nothing():
    root = Path(bootstrap.__file__).resolve().parent.parent
    stamp = bootstrap.stamped()
    if stamp.get("set") not in ("dev", "bench") or stamp != bootstrap.fingerprint(stamp["set"]):
        pytest.skip(".venv waits for `make dev`, which a test must not do")
    command = [sys.executable, "deploy/bootstrap.py", "base"]

    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=30)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_cache_stays_here_where_there_is_no_home(monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("HOME")

    assert bootstrap.cache_folder() == {"UV_CACHE_DIR": str(bootstrap.TOOLS / "cache")}


def test_environment_of_another_folder_is_made_anew(tmp_path, monkeypatch):
    stamp = tmp_path / "stamp"
    stamp.write_text('{"place": "/elsewhere"}')
    here = bootstrap.works(bootstrap.PYTHON)
    monkeypatch.setattr(bootstrap, "STAMP", stamp)

    assert (here, bootstrap.works(bootstrap.PYTHON)) == (True, False)


def test_python_too_old_is_named_in_both_languages(monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))
    monkeypatch.setattr(bootstrap, "NEWER", ())

    assert bootstrap.main([]) == 1
    assert capsys.readouterr().out == "需要 Python 3.11 或更新版本 / Python 3.11 or newer is needed\n"
