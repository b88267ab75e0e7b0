"""`make run`: the whole product on this machine, from an empty folder to `ready`."""

import contextlib
import errno
import http.client
import os
import secrets
import shlex
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy import process
from deploy.postgres import Cluster, ServerFailed, write_private
from deploy.supervisor import Program, Server, Supervisor

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "127.0.0.1"
BIND_S = 2.0  # a run that was killed a moment ago may still be letting go of its port
SECRETS = ("SECRET_KEY", "TICKET_SECRET", "IDENTITY_KEY", "LOG_KEY")


class CannotRun(Exception):
    """What a person has to put right; the message says it in both languages."""


@dataclass(frozen=True)
class Plan:
    """What the environment asks for."""

    port: int
    notify_port: int
    split: bool
    demo: bool
    data: Path
    database_url: str

    @property
    def origin(self) -> str:
        return f"http://{ADDRESS}:{self.port}"


def number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotRun(f"{name} 必须是端口号 / {name} must be a port, not {text!r}")
    return int(text)


def switch(environment: Mapping[str, str], name: str, default: str) -> bool:
    text = environment.get(name) or default
    if text not in {"0", "1"}:
        raise CannotRun(f"{name} 必须是 0 或 1 / {name} must be 0 or 1, not {text!r}")
    return text == "1"


def read_plan(environment: Mapping[str, str]) -> Plan:
    port = number(environment, "PORT", 8000)
    return Plan(
        port=port,
        notify_port=number(environment, "NOTIFY_PORT", port + 1),
        split=switch(environment, "SPLIT", "0"),
        demo=switch(environment, "DEMO", "1"),
        data=Path(environment.get("DATA_DIR") or ROOT / ".data").resolve(),
        database_url=environment.get("DATABASE_URL", ""),
    )


def listen(port: int) -> socket.socket:
    """A listening socket that outlives the processes that answer on it."""
    end = time.monotonic() + BIND_S
    while True:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((ADDRESS, port))
            listening.listen(2048)
        except OSError as failed:
            listening.close()
            if failed.errno != errno.EADDRINUSE or time.monotonic() > end:
                message = (
                    f"端口 {port} 无法使用, 请换一个 PORT / port {port} cannot be used, set another PORT"
                )
                raise CannotRun(f"{message} ({failed.strerror})") from None
            time.sleep(0.1)
        else:
            return listening


def kept_secret(folder: Path, name: str) -> str:
    """A secret of this installation: made once, readable by its owner alone."""
    path = folder / name.lower()
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48) + "\n")
    return path.read_text().strip()


def environment_of(plan: Plan, url: str) -> dict[str, str]:
    """What every process of the product is told; all but the role is the same for all."""
    told = {
        "DATABASE_URL": url,
        "DATA_DIR": str(plan.data),
        "DEMO": "1" if plan.demo else "0",
        "DJANGO_SETTINGS_MODULE": "services.settings",
        "NOTIFY_PORT": str(plan.notify_port),
        "PORT": str(plan.port),
        "PUBLIC_ORIGIN": os.environ.get("PUBLIC_ORIGIN") or plan.origin,
        "SPLIT": "1" if plan.split else "0",
    }
    for name in SECRETS:
        if not (os.environ.get(name) or os.environ.get(f"{name}_FILE")):
            told[name] = kept_secret(plan.data / "secrets", name)
    return told


def fill(supervisor: Supervisor, environment: Mapping[str, str]) -> str:
    """Make the database ready as its owner; what has to be told once all serve comes back."""
    with tempfile.TemporaryFile("w+") as output:
        command = (sys.executable, "-m", "deploy.fill")
        status = supervisor.finish(Program("fill", command, environment, ROOT, output=output))
        output.seek(0)
        printed = output.read()
    if status and not supervisor.told_to_stop():
        raise CannotRun(
            f"{printed}数据库未能就绪, 原因见上 / the database is not ready, the reason stands above"
        )
    return printed


def programs(plan: Plan, environment: dict[str, str], web: int, notify: int | None) -> list[Program]:
    """The processes beside the server, in the order in which they start."""

    def serve(name: str, application: str, descriptor: int, role: str) -> Program:
        command = (sys.executable, "-m", "deploy.serve", application, str(descriptor))
        return Program(name, command, environment | {"DB_ROLE": role}, ROOT, (descriptor,))

    started = [serve("web", "services.asgi:application", web, "laurel_web")]
    if notify is not None:
        started.append(serve("notify", "services.notify.asgi:application", notify, "laurel_feed"))
    worker = (sys.executable, "manage.py", "work")
    started.append(Program("worker", worker, environment | {"DB_ROLE": "laurel_worker"}, ROOT))
    return started


def healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(plan: Plan, first_link: str) -> None:
    print(f"ready {plan.origin}")
    if plan.demo:
        print(f"演示账号见 / demo log-ins: {plan.data / 'demo-logins.json'}")
    if first_link:
        print(first_link.strip())
    sys.stdout.flush()


def run(plan: Plan, supervisor: Supervisor) -> int:
    """Bring everything up, keep it up until told to stop, take it down in order."""
    sockets = [listen(plan.port)] + ([listen(plan.notify_port)] if plan.split else [])
    url = plan.database_url
    if not url:
        cluster = Cluster(plan.data)
        cluster.prepare()
        url = cluster.url()
        supervisor.add(Server(cluster))
    told = environment_of(plan, url)
    # For `manage.py` beside a running product, which is then told the same.
    write_private(
        plan.data / "run" / "env", "".join(f"{key}={shlex.quote(text)}\n" for key, text in told.items())
    )
    environment = dict(os.environ) | told
    environment.pop("DB_ROLE", None)
    first_link = fill(supervisor, environment)
    if supervisor.told_to_stop():
        return 0
    descriptors = [one.fileno() for one in sockets]
    for program in programs(plan, environment, descriptors[0], descriptors[1] if plan.split else None):
        supervisor.add(program)
    ports = [plan.port] + ([plan.notify_port] if plan.split else [])
    if supervisor.until(lambda: all(map(healthy, ports))):
        announce(plan, first_link)
        supervisor.forever()
        return 0
    if supervisor.told_to_stop():
        return 0
    raise CannotRun("服务未能启动, 原因见上 / a service does not get up, the reason stands above")


def main() -> int:
    if os.environ.get("MAKELEVEL"):
        with contextlib.suppress(OSError):
            process.die_with_parent(os.getppid(), signal.SIGTERM)  # `make` killed: we stop in order
    try:
        plan = read_plan(os.environ)
        plan.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        (plan.data / "secrets").mkdir(mode=0o700, exist_ok=True)
        lock = process.exclusive(plan.data / "run" / "lock")
        if lock is None:
            raise CannotRun("数据目录正被另一个实例使用 / another run is using this DATA_DIR")
        pids = {} if plan.split else {"web": ("web", "notify")}
        supervisor = Supervisor(plan.data / "run", pids)
        try:
            return run(plan, supervisor)
        finally:
            supervisor.stop()
            (plan.data / "run" / "env").unlink(missing_ok=True)
    except (CannotRun, ServerFailed) as failed:
        print(failed, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
