"""Keeps a few processes running: starts them, starts again what dies, stops all in order."""

import contextlib
import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

from deploy import process
from deploy.postgres import Cluster, write_private

FIRST_DELAY_S, LONGEST_DELAY_S, STEADY_S = 0.1, 5.0, 10.0
STOP_S = 15.0
EARLY_DEATHS = 5


class Service(Protocol):
    """What the supervisor keeps alive."""

    name: str

    def start(self) -> int: ...
    def died(self) -> bool: ...
    def ask_to_stop(self) -> None: ...
    def stop(self) -> None: ...


@dataclass
class Program:
    """A command of ours, leading its own group: Ctrl-C in a terminal reaches the supervisor alone."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    sockets: Sequence[int] = ()
    output: IO[str] | None = None
    child: "subprocess.Popen[bytes] | None" = None

    def start(self) -> int:
        parent = os.getpid()
        self.child = subprocess.Popen(
            list(self.command),
            env=dict(self.environment),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            pass_fds=tuple(self.sockets),
            preexec_fn=lambda: process.die_with_parent(parent, signal.SIGKILL),
            start_new_session=True,
        )
        return self.child.pid

    def died(self) -> bool:
        return self.child is not None and self.child.poll() is not None

    def ask_to_stop(self) -> None:
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()

    def stop(self, wait_s: float = STOP_S) -> None:
        """End what was asked to stop, by force once its time is over."""
        if self.child is None:
            return
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.child.wait(wait_s)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)  # with whatever it started itself
        self.child.wait()
        self.child = None


@dataclass
class Server:
    """The embedded PostgreSQL as a service; it is stopped last, so `ask_to_stop` lets it be."""

    cluster: Cluster
    name: str = "postgres"

    def start(self) -> int:
        return self.cluster.start()

    def died(self) -> bool:
        child = self.cluster.child
        return child is not None and child.poll() is not None

    def ask_to_stop(self) -> None:
        pass

    def stop(self) -> None:
        self.cluster.stop()


@dataclass
class Kept:
    """A service with what the supervisor remembers of it."""

    service: Service
    started: float = 0.0
    start_at: float | None = None
    delay_s: float = FIRST_DELAY_S
    deaths: int = 0


@dataclass
class Supervisor:
    """Services in the order in which they start; they stop in the opposite one."""

    folder: Path  # of the pid files
    pid_names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    stopping: bool = False

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.wake, waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # wakes the loop
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.on_stop)

    def on_stop(self, *_: object) -> None:
        self.stopping = True

    def told_to_stop(self) -> bool:
        """Whether a signal came, perhaps since the last time of asking."""
        return self.stopping

    def add(self, service: Service) -> None:
        """Start a service and keep it running from now on."""
        kept = Kept(service)
        self.kept.append(kept)
        self.start(kept)

    def start(self, kept: Kept) -> None:
        kept.start_at, kept.started = None, time.monotonic()
        pid = kept.service.start()
        for path in self.pid_files(kept):
            write_private(path, f"{pid}\n")

    def pid_files(self, kept: Kept) -> list[Path]:
        name = kept.service.name
        return [self.folder / f"{alias}.pid" for alias in self.pid_names.get(name, (name,))]

    def look_after(self) -> None:
        """Start again what died; the longer, the more often it dies."""
        now = time.monotonic()
        for kept in self.kept:
            if kept.start_at is None and kept.service.died():
                if now - kept.started > STEADY_S:
                    kept.delay_s, kept.deaths = FIRST_DELAY_S, 0
                kept.start_at, kept.deaths = now + kept.delay_s, kept.deaths + 1
                kept.delay_s = min(kept.delay_s * 2, LONGEST_DELAY_S)
                name = kept.service.name
                print(f"{name} 已退出, 正在重启 / {name} died, starting it again", flush=True)
            if kept.start_at is not None and kept.start_at <= now and not self.stopping:
                self.start(kept)

    def wait(self, seconds: float) -> None:
        """Sleep until a signal comes, a child's death among them, or the time is over."""
        soonest = min((kept.start_at for kept in self.kept if kept.start_at is not None), default=None)
        if soonest is not None:
            seconds = max(0.0, min(seconds, soonest - time.monotonic()))
        if select.select([self.wake], [], [], seconds)[0]:
            with contextlib.suppress(BlockingIOError):
                os.read(self.wake, 4096)

    def finish(self, program: Program) -> int:
        """Run a program to its end, or until we are told to stop; its exit status."""
        program.start()
        while program.child is not None and not program.died():
            self.wait(0.5)
            if self.stopping:
                program.ask_to_stop()
        assert program.child is not None
        return program.child.wait()

    def until(self, ready: Callable[[], bool]) -> bool:
        """Look after all until they are ready; False if one cannot get up, or we are told to stop."""
        while not self.stopping and not ready():
            self.wait(0.1)
            self.look_after()
            if any(kept.deaths >= EARLY_DEATHS for kept in self.kept):
                return False
        return not self.stopping

    def forever(self) -> None:
        while not self.stopping:
            self.wait(5.0)
            self.look_after()

    def stop(self) -> None:
        """Ask all at once, wait for each, the the last started first."""
        self.stopping = True
        for kept in self.kept:
            kept.service.ask_to_stop()
        for kept in reversed(self.kept):
            kept.service.stop()
            for path in self.pid_files(kept):
                path.unlink(missing_ok=True)
        self.kept.clear()
