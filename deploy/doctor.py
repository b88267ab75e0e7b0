"""`make doctor`: what this machine offers, what is used of it, and what fell back to something else."""

import importlib.metadata
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from deploy.account import choose_account
from deploy.machine import DEBIAN_POSTGRESQL_15, find_chromium
from deploy.postgres import Cluster, embedded_binaries, fits
from services.workflow.documents.fonts import FontShelf
from services.workflow.documents.signing import seal_of

ROOT = Path(__file__).resolve().parent.parent
ACCOUNTS = {
    "self": "the account that starts it",
    "mapped": "nobody inside a user namespace, root's own outside",
    "nobody": "nobody",
}
KINDS = {"text": "正文", "title": "标题", "heading": "小标题", "folio": "页码"}
WANTED_FREE = 2 * 1024**3
DAY_S = 86_400
SOON_DAYS = 30

Finding = tuple[bool, str, str]


def python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield sys.version_info >= (3, 11), f"Python {version}", sys.executable


def packages() -> Iterator[Finding]:
    """Two distributions write the same folder; with both, the older one may have won."""
    try:
        importlib.metadata.version("django-fsm")
    except importlib.metadata.PackageNotFoundError:
        yield True, "软件包", "as locked"
    else:
        yield False, "django-fsm 覆盖了 django-fsm-2", "django-fsm lies over django-fsm-2: make .venv anew"


def nearest(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder


def server() -> Iterator[Finding]:
    if os.environ.get("DATABASE_URL"):
        yield True, "数据库由 DATABASE_URL 指定", "the database is the one DATABASE_URL names"
        return
    data = Path(os.environ.get("DATA_DIR") or ROOT / ".data").resolve()
    with tempfile.TemporaryDirectory(dir=nearest(data)) as trial:
        account = choose_account((Path(trial),), [embedded_binaries() / "postgres", "--version"])
    if account is None:
        yield False, "内置数据库无可用账户", "the embedded server can run under no account here"
        return
    yield True, "内置数据库的运行账户", f"the embedded server runs as {ACCOUNTS[account.name]}"
    if not fits(Cluster(data).sockets):
        yield True, "路径过长, 套接字改放短路径", "the path is long: the socket lies under a short one"


def disk() -> Iterator[Finding]:
    free = shutil.disk_usage(ROOT).free
    yield free > WANTED_FREE, f"可用磁盘 {free >> 30} GiB", f"{free >> 30} GiB of disk are free"


def oldest_server() -> Iterator[Finding]:
    if (DEBIAN_POSTGRESQL_15 / "postgres").exists():
        yield True, "PostgreSQL 15", "make test-pg15 can run"
    else:
        yield False, "未装 PostgreSQL 15", "make test-pg15 cannot run"


def browser() -> Iterator[Finding]:
    found = find_chromium()
    if found:
        yield True, "Chromium", str(found)
    else:
        yield False, "未找到 Chromium", "no Chromium: the browser tests are skipped"


def fonts() -> Iterator[Finding]:
    for use in FontShelf().report():
        fell_back = "" if use.used == use.wanted else f", {use.wanted} is not installed"
        yield (
            use.used is not None,
            f"公文{KINDS[use.kind]}字体",
            f"{use.kind}: {use.used or 'none'}{fell_back}",
        )


def signature() -> Iterator[Finding]:
    """Whether PDFs are signed, by whom, and when the certificate ends; what `make run` or a unit file will be told."""
    path = os.environ.get("SIGNING_PKCS12", "")
    if not path:
        yield True, "公文不加电子签名", "documents are not signed: SIGNING_PKCS12 names no certificate"
        return
    secret = os.environ.get("SIGNING_PASSWORD_FILE", "")
    try:
        password = Path(secret).read_text().strip() if secret else os.environ.get("SIGNING_PASSWORD", "")
        seal = seal_of(Path(path).read_bytes(), password)
    except (OSError, ValueError) as error:
        yield False, "电子签名证书不能使用", f"the certificate for signing cannot be used: {error}"
        return
    days = int((seal.ends.timestamp() - time.time()) // DAY_S)
    yield (
        days > SOON_DAYS,
        f"公文由“{seal.subject}”签名, 证书有效至 {seal.ends:%Y-%m-%d}",
        f"documents are signed by {seal.subject}, its certificate ends in {days} days",
    )


def main() -> int:
    for look in (python, packages, server, disk, oldest_server, browser, fonts, signature):
        for fine, chinese, english in look():
            print(f"{'✓' if fine else '!'} {chinese} / {english}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
