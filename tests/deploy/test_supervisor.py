"""The supervisor with processes of a few lines in place of the product."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy import process

pytestmark = pytest.mark.integration
ROOT = Path(__file__).resolve().parents[2]

SUPERVISE = """
import sys
from pathlib import Path
from deploy.supervisor import Program, Supervisor

folder = Path(sys.argv[1])
supervisor = Supervisor(folder, {"web": ("web", "notify")})
names = {"web": "import time; time.sleep(60)", "worker": sys.argv[2]}
for name, code in names.items():
    supervisor.add(Program(name, (sys.executable, "-c", code), {}, folder))
up = supervisor.until(lambda: (folder / "web.pid").exists())
print("ready" if up else "failed", flush=True)
if up:
    supervisor.forever()
supervisor.stop()
"""
SLEEPS = "import time; time.sleep(60)"
OBEYS_NOBODY = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def start_one(worker: str = SLEEPS) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", SUPERVISE, str(tmp_path), worker]
        started.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True))
        assert started[-1].stdout is not None
        started[-1].stdout.readline()
        return started[-1]

    yield start_one
    for one in started:
        one.kill()
        one.communicate()


def pid_of(folder: Path, name: str) -> int:
    return int((folder / f"{name}.pid").read_text())


def changed_within(folder: Path, name: str, before: int, seconds: float) -> int:
    end = time.monotonic() + seconds
    while pid_of(folder, name) == before and time.monotonic() < end:
        time.sleep(0.05)
    return pid_of(folder, name)


def test_pid_files_name_every_process_and_its_aliases(start, tmp_path):
    start()

    assert pid_of(tmp_path, "web") == pid_of(tmp_path, "notify")
    assert process.alive(pid_of(tmp_path, "web"))
    assert process.alive(pid_of(tmp_path, "worker"))


def test_killed_process_is_started_again_and_the_others_are_left_alone(start, tmp_path):
    start()
    web, worker = pid_of(tmp_path, "web"), pid_of(tmp_path, "worker")

    for _ in range(3):
        os.kill(web, signal.SIGKILL)
        after = changed_within(tmp_path, "web", web, 10)
        assert after != web
        web = after

    assert process.alive(web)
    assert pid_of(tmp_path, "worker") == worker


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_supervisor_told_to_stop_ends_all_and_exits_zero(start, tmp_path, number):
    supervisor = start()
    pids = [pid_of(tmp_path, "web"), pid_of(tmp_path, "worker")]

    supervisor.send_signal(number)

    assert supervisor.wait(10) == 0
    assert not any(map(process.alive, pids))
    assert list(tmp_path.glob("*.pid")) == []


def test_killed_supervisor_leaves_nothing_running(start, tmp_path):
    supervisor = start(OBEYS_NOBODY)
    pids = [pid_of(tmp_path, "web"), pid_of(tmp_path, "worker")]

    supervisor.kill()
    supervisor.wait()

    assert all(process.gone_within(pid, 5) for pid in pids)


def test_process_that_ignores_the_request_is_ended_by_force(tmp_path):
    from deploy.supervisor import Program  # app ready

    stubborn = Program("worker", (sys.executable, "-c", OBEYS_NOBODY), {}, tmp_path)
    pid = stubborn.start()
    time.sleep(0.3)

    stubborn.stop(wait_s=0.3)

    assert not process.alive(pid)


def test_process_that_never_gets_up_is_given_up(tmp_path):
    command = [
        sys.executable,
        "-c",
        SUPERVISE.replace(".exists()", ".exists() and False"),
        str(tmp_path),
        "1/0",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert done.stdout.splitlines()[-1] == "failed"
    assert "ZeroDivisionError" in done.stderr
