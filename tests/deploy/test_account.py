"""Under whom the server runs when root starts it; a normal user's server is simply their own."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from deploy import account, process
from deploy.account import Account, choose_account, myself, own
from deploy.postgres import Cluster

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become someone else"),
]
ROOT = Path(__file__).resolve().parents[2]
NOBODY = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else -1


def forbidden() -> None:
    """What `unshare` does in a chroot, or in a container that forbids user namespaces."""
    raise PermissionError("user namespaces are forbidden")


def test_folder_nobody_cannot_reach_serves_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(account, "become_mapped", forbidden)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    cluster = Cluster(closed / "data", durable=False)

    cluster.prepare()
    pid = cluster.start()
    with psycopg.connect(cluster.url()) as connection:
        answer = connection.execute("SELECT 42").fetchone()
    owner = Path(f"/proc/{pid}").stat().st_uid
    cluster.stop()

    assert (cluster.account.name, owner, answer) == ("nobody", NOBODY, (42,))
    assert (closed.stat().st_mode & 0o777, closed.stat().st_uid) == (0o700, 0)
    assert (cluster.data.stat().st_mode & 0o777, cluster.data.stat().st_uid) == (0o700, NOBODY)


LAUNCH = """
import sys, time
from pathlib import Path
from deploy import account
from deploy.postgres import Cluster
def forbidden(): raise PermissionError("user namespaces are forbidden")
account.become_mapped = forbidden
cluster = Cluster(Path(sys.argv[1]), durable=False)
cluster.prepare()
print(cluster.start(), flush=True)
time.sleep(60)
"""


def test_server_of_nobody_ends_with_a_parent_that_is_killed(tmp_path):
    command = [sys.executable, "-c", LAUNCH, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()

    assert process.gone_within(pid, 20)


def test_folder_changes_hands_with_all_in_it(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").touch()

    own(tmp_path, Account("nobody", NOBODY, NOBODY, lambda: None))

    assert {path.stat().st_uid for path in (tmp_path, *tmp_path.rglob("*"))} == {NOBODY}


def test_account_that_cannot_run_the_program_is_not_chosen(tmp_path):
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)

    assert choose_account((tmp_path,), [program]) is None


def test_own_account_changes_nothing():
    before = os.geteuid()
    account = myself()

    account.enter()

    assert (account.uid, os.geteuid()) == (before, before)
