"""What `make run` makes of its environment, before anything is started."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.run import CannotRun, Plan, environment_of, kept_secret, listen, programs, read_plan

ROOT = Path(__file__).resolve().parents[2]


def test_plan_of_an_empty_environment_is_the_demo_on_port_8000():
    assert read_plan({}) == Plan(8000, 8001, False, True, ROOT / ".data", "")


def test_plan_takes_what_the_environment_says(tmp_path):
    asked = {
        "PORT": "9000",
        "SPLIT": "1",
        "DEMO": "0",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "postgresql:///x",
    }

    assert read_plan(asked) == Plan(9000, 9001, True, False, tmp_path, "postgresql:///x")


@pytest.mark.parametrize("asked", [{"PORT": "http"}, {"PORT": "0"}, {"PORT": "70000"}, {"DEMO": "yes"}])
def test_bad_setting_is_refused_by_its_name(asked):
    (name,) = asked

    with pytest.raises(CannotRun, match=name):
        read_plan(asked)


def test_port_in_use_is_said_in_both_languages():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CannotRun, match=f"端口 {port} .* port {port} "):
            listen(port)


def test_secret_is_made_once_and_private(tmp_path):
    first = kept_secret(tmp_path, "SECRET_KEY")

    assert kept_secret(tmp_path, "SECRET_KEY") == first
    assert len(first) >= 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_every_process_has_its_own_role(tmp_path):
    plan = read_plan({"SPLIT": "1", "DATA_DIR": str(tmp_path)})

    roles = {one.name: one.environment["DB_ROLE"] for one in programs(plan, {}, web=3, notify=4)}

    assert roles == {"web": "laurel_web", "notify": "laurel_feed", "worker": "laurel_worker"}


def test_processes_are_told_the_origin_that_follows_the_port(tmp_path, monkeypatch):
    monkeypatch.delenv("PUBLIC_ORIGIN", raising=False)
    (tmp_path / "secrets").mkdir()

    told = environment_of(read_plan({"PORT": "9000", "DATA_DIR": str(tmp_path)}), "postgresql:///x")

    assert told["PUBLIC_ORIGIN"] == "http://127.0.0.1:9000"


def test_second_run_on_one_folder_is_refused(tmp_path):
    from deploy.process import exclusive  # app ready

    lock = exclusive(tmp_path / "run" / "lock")
    environment = os.environ | {"DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "deploy.run"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )

    assert lock is not None
    lock.close()
    assert (done.returncode, done.stdout) == (1, "")
    assert "another run is using this DATA_DIR" in done.stderr
