"""Set up `.venv/` with nothing but a Python interpreter and this repository.

A checked pip wheel installs a hash-pinned uv into `.tools/`; uv makes `.venv/` and installs the
hash-locked requirements. Standard library only; needs neither the venv module nor an installed pip.
"""

from __future__ import annotations

import ast
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
UV = TOOLS / "uv" / "bin" / "uv"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "laurel-stamp.json"
WHEELS = ROOT / "deploy" / "wheels"
OLDEST = (3, 11)
# Each holds all of those before it.
SETS = ("base", "dev", "bench")
NEWER = tuple(f"python3.{minor}" for minor in range(14, 10, -1))


class SetupFailed(Exception):
    """Something a person has to put right; the message says what, in both languages."""


def say(chinese: str, english: str) -> None:
    print(f"{chinese} / {english}", flush=True)


def checked_wheel() -> Path:
    """The pip wheel the repository carries, once its checksum agrees."""
    digest, name = (WHEELS / "SHA256SUMS").read_text().split()
    wheel = WHEELS / name
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != digest:
        raise SetupFailed(f"{name} 的校验和不符 / the checksum of {name} does not agree")
    return wheel


def pip_environment(wheel: Path) -> dict[str, str]:
    """pip's environment: the person's own settings, less those that fight with --target."""
    environment = dict(os.environ)
    for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_CONSTRAINT", "PIP_REQUIREMENT", "PIP_DRY_RUN"):
        environment.pop(name, None)
    return environment | {
        "PYTHONPATH": str(wheel),
        "PIP_USER": "0",
        "PIP_REQUIRE_VIRTUALENV": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }


def parse_pip_settings(listing: str) -> dict[str, str]:
    """What `pip config list` prints, as option → value; the environment outranks the files."""
    ranks = {"global": 0, "install": 1, ":env:": 2}
    found: dict[str, tuple[int, str]] = {}
    for line in listing.splitlines():
        key, equals, literal = line.partition("=")
        section, dot, option = key.partition(".")
        if not (equals and dot) or section not in ranks:
            continue
        if option not in found or found[option][0] <= ranks[section]:
            found[option] = (ranks[section], str(ast.literal_eval(literal)))
    return {option: value for option, (_, value) in found.items()}


def reachable(location: str) -> bool:
    """Whether a location is remote or a local one that exists; uv stops at a missing one, pip goes on."""
    parts = urlsplit(location)
    if parts.scheme == "file":
        return Path(unquote(parts.path)).exists()
    return bool(parts.scheme) or Path(location).expanduser().exists()


def uv_settings(pip: dict[str, str], environment: dict[str, str]) -> dict[str, str]:
    """pip's settings in uv's words; uv reads none of pip's files."""
    uv = {
        "UV_NO_CONFIG": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_SYSTEM_CERTS": "1",  # as pip does: a company's own authority stands in the system's store
        "UV_INDEX_STRATEGY": "unsafe-best-match",  # pip's own way; every file is pinned by its hash
    }
    for option, name, joint in (
        ("index-url", "UV_DEFAULT_INDEX", " "),
        ("extra-index-url", "UV_INDEX", " "),
        ("find-links", "UV_FIND_LINKS", ","),
    ):
        places = [place for place in pip.get(option, "").split() if reachable(place)]
        if places:
            uv[name] = joint.join(places)
    if pip.get("no-index", "").lower() in {"1", "true", "yes", "on"}:
        uv["UV_NO_INDEX"] = "1"
    if "trusted-host" in pip:
        uv["UV_INSECURE_HOST"] = " ".join(pip["trusted-host"].split())
    if "proxy" in pip:
        uv |= {"HTTP_PROXY": pip["proxy"], "HTTPS_PROXY": pip["proxy"]}
    certificates = pip.get("cert") or environment.get("REQUESTS_CA_BUNDLE", "")
    if certificates and Path(certificates).is_file():
        uv["SSL_CERT_FILE"] = certificates
    if "client-cert" in pip:
        uv["SSL_CLIENT_CERT"] = pip["client-cert"]
    timeout = pip.get("timeout", pip.get("default-timeout"))
    if timeout:
        uv["UV_HTTP_TIMEOUT"] = str(round(float(timeout)))
    return uv


def run(arguments: list[str], environment: dict[str, str]) -> None:
    if subprocess.run(arguments, env=environment, cwd=ROOT, check=False).returncode:
        raise SetupFailed("准备环境失败, 原因见上 / setting up failed, the reason stands above")


def install_uv(wheel: Path) -> None:
    """Put uv into `.tools/`, whole or not at all."""
    fresh = TOOLS / "uv.new"
    shutil.rmtree(fresh, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--no-deps", "--require-hashes"]
    pip += ["--target", str(fresh), "-r", str(ROOT / "requirements" / "uv.txt")]
    run(pip, pip_environment(wheel))
    shutil.rmtree(TOOLS / "uv", ignore_errors=True)
    fresh.rename(TOOLS / "uv")


def cache_folder() -> dict[str, str]:
    """uv's cache stays where uv wants it, unless that home cannot be written (an account without one)."""
    own = {"UV_CACHE_DIR": str(TOOLS / "cache")}
    wished = os.environ.get("XDG_CACHE_HOME") or os.environ.get("HOME")
    if not wished:
        return own
    home = Path(wished).absolute()
    while not home.exists():
        home = home.parent
    return {} if os.access(home, os.W_OK) else own


def uv_environment(wheel: Path) -> dict[str, str]:
    pip = [sys.executable, "-m", "pip", "config", "list"]
    listing = subprocess.run(
        pip, env=pip_environment(wheel), cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("UV_")}
    settings = uv_settings(parse_pip_settings(listing), inherited)
    return inherited | {"UV_LINK_MODE": "copy"} | cache_folder() | settings


def works(python: Path) -> bool:
    """Whether `.venv/` answers with this very Python; a half-made one, or a moved one whose
    scripts still name the old place, is made anew."""
    place = str(VENV.resolve())
    if stamped().get("place", place) != place or not python.exists():
        return False
    asked = [str(python), "-c", "import sys; print(*sys.version_info[:3], sys.prefix)"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return answer == " ".join([*map(str, sys.version_info[:3]), str(VENV)])


def install(wanted: str) -> None:
    wheel = checked_wheel()
    locked = hashlib.sha256((ROOT / "requirements" / "uv.txt").read_bytes()).hexdigest()
    mark = TOOLS / "uv.sha256"
    if not (UV.exists() and mark.exists() and mark.read_text() == locked):
        say("正在安装 uv …", "Installing uv …")
        install_uv(wheel)
        mark.write_text(locked)
    environment = uv_environment(wheel)
    if not works(PYTHON):
        say("正在建立 .venv …", "Making .venv …")
        run([str(UV), "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)], environment)
    STAMP.unlink(missing_ok=True)
    say("正在安装锁定的软件包 …", "Installing the locked packages …")
    lock = str(ROOT / "requirements" / f"{wanted}.txt")
    sync = [str(UV), "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON), lock]
    run(sync, environment)


def lock_requirements() -> None:
    """Write the locks anew: for every platform, and without the address of any index."""
    environment = uv_environment(checked_wheel())
    options = [
        "--universal",
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--no-header",
    ]
    for name in ("uv", *SETS):
        place = f"requirements/{name}"
        compile_ = [str(UV), "pip", "compile", "--quiet", f"{place}.in", "-o", f"{place}.txt", *options]
        run([*compile_, "--python-version", "3.11"], environment)


def fingerprint(wanted: str) -> dict[str, str]:
    """What `.venv/` was made from; a difference in any of it means setting up again."""
    locks = b"".join((ROOT / "requirements" / f"{name}.txt").read_bytes() for name in ("uv", wanted))
    version = ".".join(map(str, sys.version_info[:3]))
    return {
        "set": wanted,
        "place": str(VENV.resolve()),
        "python": version,
        "locks": hashlib.sha256(locks).hexdigest(),
    }


def stamped() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def catalogues() -> list[str]:
    """The catalogues whose compiled form is missing or older than their text."""
    stale = []
    for text in sorted((ROOT / "services").glob("workflow/*/locale/*/LC_MESSAGES/*.po")):
        compiled = text.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < text.stat().st_mtime_ns:
            stale.append(str(text))
    return stale


def set_up(wanted: str) -> None:
    """Bring `.venv/` and the catalogues up to date; well under a second where they are."""
    before = stamped()
    if before.get("set") in SETS:
        wanted = max(wanted, before["set"], key=SETS.index)  # `make run` after `make test` takes nothing away
    if before != fingerprint(wanted) or not PYTHON.exists():
        TOOLS.mkdir(exist_ok=True)
        with (TOOLS / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # two commands at once set up one after the other
            if stamped() != fingerprint(wanted) or not PYTHON.exists():
                install(wanted)
                STAMP.write_text(json.dumps(fingerprint(wanted)))
    stale = catalogues()
    if stale:
        run([str(PYTHON), str(ROOT / "deploy" / "catalogues.py"), *stale], dict(os.environ))


def newer_python() -> str | None:
    return next(filter(None, map(shutil.which, NEWER)), None)


def main(arguments: list[str]) -> int:
    wanted = arguments[0] if arguments else "base"
    if sys.version_info < OLDEST:
        newer = newer_python()
        if newer:
            os.execv(newer, [newer, str(ROOT / "deploy" / "bootstrap.py"), wanted])
        say("需要 Python 3.11 或更新版本", "Python 3.11 or newer is needed")
        return 1
    try:
        lock_requirements() if wanted == "lock" else set_up(wanted)
    except SetupFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
