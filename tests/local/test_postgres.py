"""PostgreSQL on this machine: durable, private, and gone with its parent."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from local.postgres import PostgresNotStarted, PostgresServer, free_port


@pytest.fixture
def directory() -> Iterator[Path]:
    with TemporaryDirectory(prefix="reelwright-postgres-") as name:
        path = Path(name)
        path.chmod(0o711)
        yield path / "postgres"


def run(url: str, statement: str) -> object:
    engine = create_engine(url, connect_args={"ssl_context": False})
    try:
        with engine.begin() as connection:
            result = connection.execute(text(statement))
            return result.scalar() if result.returns_rows else None
    finally:
        engine.dispose()


def wait_until_gone(pid: int, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.05)
    return False


def test_what_was_committed_is_there_after_stop_and_start(directory: Path) -> None:
    server = PostgresServer(directory)
    with server:
        run(server.url, "CREATE TABLE kept (value integer)")
        run(server.url, "INSERT INTO kept VALUES (7)")
        assert server.start() == server.url, "a second start does nothing"
    assert server.pid is None
    with server:
        assert run(server.url, "SELECT value FROM kept") == 7


def test_what_was_committed_is_there_after_kill_9(directory: Path) -> None:
    server = PostgresServer(directory)
    with server:
        run(server.url, "CREATE TABLE kept (value integer)")
        run(server.url, "INSERT INTO kept VALUES (7)")
        assert server.pid
        os.kill(server.pid, signal.SIGKILL)
        # Not reaped by us: the lock file now names a zombie, as it does when a supervisor was killed too.
        other = PostgresServer(directory)
        with other:
            assert run(other.url, "SELECT value FROM kept") == 7
        assert not server.is_running()


def test_a_lock_that_names_a_strangers_process_is_removed(directory: Path) -> None:
    with PostgresServer(directory):
        lines = (directory / "postmaster.pid").read_text()
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        (directory / "postmaster.pid").write_text(f"{stranger.pid}\n" + lines.split("\n", 1)[1])
        with PostgresServer(directory) as server:
            assert run(server.url, "SELECT 1") == 1
    finally:
        stranger.kill()
        stranger.wait()


def test_the_server_ends_with_its_parent_and_can_be_started_again_at_once(directory: Path) -> None:
    program = "import os, sys; from pathlib import Path; from local.postgres import PostgresServer as S\n"
    program += "s = S(Path(sys.argv[1])); s.start(); print(s.pid, flush=True); os.kill(os.getpid(), 9)"
    done = subprocess.run([sys.executable, "-c", program, str(directory)], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with PostgresServer(directory) as server:
        assert run(server.url, "SELECT 1") == 1
    assert wait_until_gone(int(done.stdout))


def test_only_loopback_listens_and_a_wrong_password_is_refused(directory: Path) -> None:
    with PostgresServer(directory, is_durable=False) as server:
        hexadecimal = f":{server.port:04X}"
        listening = [line.split()[1] for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:] if line.split()[3] == "0A"]
        assert [address for address in listening if address.endswith(hexadecimal)] == [f"0100007F{hexadecimal}"]
        with pytest.raises(DBAPIError, match="password authentication failed"):
            run(f"postgresql+pg8000://reelwright:guess@127.0.0.1:{server.port}/reelwright", "SELECT 1")
        assert (directory.stat().st_mode & 0o777, directory.with_name("postgres.password").stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_port_in_use_is_said_in_words(directory: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port()))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PostgresNotStarted, match=f"did not start on port {port}.*Address already in use"):
            PostgresServer(directory, port).start()


def test_a_second_server_on_the_same_directory_is_refused(directory: Path) -> None:
    with PostgresServer(directory) as server:
        impatient = PostgresServer(directory)
        impatient.dying_server_seconds = 0.2
        with pytest.raises(PostgresNotStarted, match=f"process {server.pid}"):
            impatient.start()


def test_a_database_is_copied_from_a_template(directory: Path) -> None:
    with PostgresServer(directory, is_durable=False) as server:
        run(server.url, "CREATE TABLE kept (value integer)")
        copy = server.create_database("copy", template="reelwright")
        assert run(copy, "SELECT count(*) FROM kept") == 0
        server.drop_database("copy")
        with pytest.raises(DBAPIError, match="does not exist"):
            run(copy, "SELECT 1")
