"""The launcher of the embedded server: starts, stops, and gets over a kill -9."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from deploy import process
from deploy.postgres import Cluster, ServerFailed, fits

pytestmark = pytest.mark.integration
BINARIES = Path(os.environ["PG_BINDIR"]) if os.environ.get("PG_BINDIR") else None
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def make_cluster() -> Iterator[Callable[..., Cluster]]:
    made: list[Cluster] = []

    def make(folder: Path, *, durable: bool = False) -> Cluster:
        made.append(Cluster(folder, durable=durable, binaries=BINARIES))
        made[-1].prepare()
        return made[-1]

    yield make
    for cluster in made:
        cluster.stop()


def ask(cluster: Cluster, question: str) -> object:
    with psycopg.connect(cluster.url()) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0] if len(row) == 1 else row


def test_server_is_durable_private_and_sorts_the_same_everywhere(make_cluster, tmp_path):
    cluster = make_cluster(tmp_path, durable=True)
    cluster.start()

    settings = "current_setting('{}')"
    names = ("fsync", "full_page_writes", "synchronous_commit", "listen_addresses", "server_encoding")
    asked = "SELECT " + ", ".join(settings.format(name) for name in names)
    assert ask(cluster, asked) == ("on", "on", "on", "", "UTF8")
    assert (
        ask(cluster, "SELECT string_agg(w, '' ORDER BY w) FROM unnest('{b,B,a,Z,中}'::text[]) w") == "BZab中"
    )
    assert cluster.sockets.stat().st_mode & 0o777 == 0o700
    assert cluster.passfile.stat().st_mode & 0o777 == 0o600
    assert cluster.data.stat().st_mode & 0o077 == 0


def test_owner_is_no_superuser_and_may_make_roles_and_databases(make_cluster, tmp_path):
    cluster = make_cluster(tmp_path)
    cluster.start()

    rights = "rolname::text, rolsuper, rolcreaterole, rolcreatedb"
    assert ask(cluster, f"SELECT {rights} FROM pg_roles WHERE rolname = current_user") == (
        "laurel",
        False,
        True,
        True,
    )


def test_wrong_password_is_refused(make_cluster, tmp_path):
    cluster = make_cluster(tmp_path)
    cluster.start()
    wrong = tmp_path / "wrong"
    wrong.touch(mode=0o600)
    wrong.write_text("*:*:*:*:guess\n")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(cluster.url().replace("secrets%2Fpgpass", "wrong"))


def test_stop_ends_the_server_and_its_data_is_there_again(make_cluster, tmp_path):
    cluster = make_cluster(tmp_path)
    pid = cluster.start()
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")

    cluster.stop()
    assert not process.alive(pid)
    cluster.prepare()
    cluster.start()

    assert ask(cluster, "SELECT answer FROM kept") == 42


def test_server_killed_starts_again_at_once_with_what_was_committed(make_cluster, tmp_path):
    cluster = make_cluster(tmp_path, durable=True)
    first = cluster.start()
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    idle = psycopg.connect(cluster.url())

    os.kill(first, signal.SIGKILL)
    assert cluster.child is not None
    cluster.child.wait()
    second = cluster.start()

    assert first != second
    assert ask(cluster, "SELECT answer FROM kept") == 42
    idle.close()


LAUNCH = """
import sys, time
from pathlib import Path
from deploy.postgres import Cluster
folder, binaries = sys.argv[1], sys.argv[2]
cluster = Cluster(Path(folder), durable=False, binaries=Path(binaries))
cluster.prepare()
print(cluster.start(), flush=True)
time.sleep(60)
"""


def launch_elsewhere(cluster: Cluster) -> tuple["subprocess.Popen[str]", int]:
    command = [sys.executable, "-c", LAUNCH, str(cluster.folder), str(cluster.binaries)]
    parent = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    return parent, int(parent.stdout.readline())


def end(parent: "subprocess.Popen[str]") -> None:
    parent.kill()
    parent.communicate()


def test_server_ends_with_a_parent_that_is_killed(tmp_path):
    parent, pid = launch_elsewhere(Cluster(tmp_path, binaries=BINARIES))

    end(parent)

    assert process.gone_within(pid, 20)


def test_server_left_behind_is_ended_by_the_next_run(make_cluster, tmp_path):
    parent, left = launch_elsewhere(Cluster(tmp_path, binaries=BINARIES))
    try:
        cluster = make_cluster(tmp_path)
        cluster.start()

        assert not process.alive(left)
        assert ask(cluster, "SELECT 1") == 1
    finally:
        end(parent)


def test_stale_pid_of_a_foreign_process_is_left_alone(make_cluster, tmp_path):
    cluster = make_cluster(tmp_path)
    foreign = subprocess.Popen(["sleep", "60"])
    (cluster.data / "postmaster.pid").write_text(f"{foreign.pid}\n{cluster.data}\n{int(time.time())}\n5432\n")

    again = make_cluster(tmp_path)
    again.start()
    alive = foreign.poll() is None
    foreign.kill()
    foreign.wait()

    assert alive
    assert ask(again, "SELECT 1") == 1


@pytest.mark.parametrize("name", ["with spaces and 'quotes' \"twice\"", "深" * 60, "comma, comma"])
def test_folder_of_any_name_works(make_cluster, tmp_path, name):
    cluster = make_cluster(tmp_path / name)
    cluster.start()

    assert ask(cluster, "SELECT 1") == 1
    cluster.stop()
    assert cluster.sockets.parent == cluster.folder / "run" or not cluster.sockets.exists()


def test_half_made_cluster_is_made_anew(make_cluster, tmp_path):
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("half")

    cluster = make_cluster(tmp_path)
    cluster.start()

    assert ask(cluster, "SELECT 1") == 1


def test_data_of_another_major_version_is_named(make_cluster, tmp_path):
    cluster = make_cluster(tmp_path)
    (cluster.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(ServerFailed, match="PostgreSQL 9"):
        make_cluster(tmp_path)


@pytest.mark.parametrize(("length", "short_enough"), [(107, True), (108, False)])
def test_socket_address_fits_the_kernel(length, short_enough):
    folder = Path("/" + "x" * (length - len("//.s.PGSQL.5432")))

    assert fits(folder) is short_enough
