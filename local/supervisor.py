"""Holds the platform's processes together: ``python -m local.supervisor DATA_DIRECTORY PORT``.

PostgreSQL, MiniStack, the stand-in platforms and the front are its children; a child that dies is started again. It ends, and all of them with it,
at SIGTERM or when its standard input closes, which is when the process that started it ends, however it ends.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from local.access_keys import load_access_keys
from local.data_directory import DataDirectory, PlatformRefused, write_file
from local.grant_keys import make_grant_keys, read_platform_apps
from local.ministack_server import ROOT, client_environment, environment_for
from local.orphans import adopt_orphans, end_orphans
from local.ports import choose_kept_port, choose_port, free_port
from local.postgres import PostgresNotStarted, PostgresServer
from local.spawner import Spawner
from local.token_keys import load_token_keys

START_SECONDS = 60
STOP_SECONDS = 10
LOOK_SECONDS = 0.25
HEALTH_SECONDS = 5
SECOND_RECONCILE_SECONDS = 13  # the first leaves alone what was begun in the ten seconds before; the schedule comes after a minute
SILENT_SECONDS = 60


class Supervisor:
    """One platform on one data directory. Everything runs in the thread that made it, which must live as long."""

    def __init__(self, directory: DataDirectory, port: int) -> None:
        self.directory, self.port = directory, port
        self._access_key, self._secret = load_access_keys(directory.path)
        self._ministack_port = free_port()
        self._sandbox_port = choose_kept_port(directory, "sandbox-port")
        self._spawner = Spawner()
        self._postgres = PostgresServer(directory.postgres)
        self._children: dict[str, subprocess.Popen[Any]] = {}
        self._ended = threading.Event()
        self._answered_at = self._begun_at = time.monotonic()
        self._reconcile_at = math.inf

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sandbox_url(self) -> str:
        return f"http://127.0.0.1:{self._sandbox_port}"

    def start(self) -> None:
        """Everything up, migrated, deployed and answering. Raises PlatformRefused or PostgresNotStarted."""
        self.directory.route_file.unlink(missing_ok=True)
        self._start_ministack()
        self._start_front()
        self._start_sandbox()
        with ThreadPoolExecutor(2) as pool:
            prepared = pool.submit(self._prepare_deployment)
            self._postgres.start()
            self._say("the database runs")
            migrated = pool.submit(self._migrate)
            self._deployer, self._assets = prepared.result()
            self._deploy()
            self._wait_for(f"{self.url}/v1/health")
            migrated.result()
        self._wait_for(f"{self.sandbox_url}/_control/health")
        self._say(f"ready at {self.url}")
        self._begin_work()
        self.directory.keep_port(self.port)
        write_file(self.directory.state_file, json.dumps(self.describe()))

    def describe(self) -> dict[str, Any]:
        """What others need to use the platform; it holds the local keys, so its file is 0600."""
        return {
            "pid": os.getpid(),
            "port": self.port,
            "url": self.url,
            "sandbox_url": self.sandbox_url,
            "settings": dict(self._deployment.outputs),
            "admin_environment": {
                **client_environment(self._ministack_port, self._access_key, self._secret),
                "REELWRIGHT_DATABASE_URL": self._postgres.url,
                "REELWRIGHT_MEDIA_BUCKET": self._deployment.outputs["MediaBucketName"],
                "REELWRIGHT_PUBLIC_URL": self.url,
            },
        }

    def watch(self) -> None:
        """Starts again what dies, until ``end``."""
        looked_at = time.monotonic()
        while not self._ended.wait(LOOK_SECONDS):
            self._mend()
            self._reconcile_again()
            if time.monotonic() - looked_at > HEALTH_SECONDS:
                looked_at = time.monotonic()
                self._check_health()

    def end(self) -> None:
        """Asks ``watch`` to return."""
        self._ended.set()

    def stop(self) -> None:
        """Ends every process, empties the temporary folders. Never raises, never leaves a process."""
        for file in (self.directory.route_file, self.directory.state_file):
            file.unlink(missing_ok=True)
        for child in self._children.values():
            _ask_to_end(child)
        for child in self._children.values():
            _make_end(child)
        with contextlib.suppress(Exception):
            self._postgres.stop()
        end_orphans(())
        self.directory.clear_temporary()

    def _prepare_deployment(self) -> tuple[Any, dict[str, bytes]]:
        from local.deploy import Deployer  # noqa: PLC0415  # boto3 is loaded while the children start

        deployer = Deployer(client_environment(self._ministack_port, self._access_key, self._secret), self.directory.path / "assets")
        assets = deployer.build_assets()
        self._say("the assets are packed")
        return deployer, assets

    def _deploy(self) -> None:
        self._wait_for(f"http://127.0.0.1:{self._ministack_port}/_ministack/health")
        self._say("MiniStack answers")
        keys = load_token_keys(self.directory.path)
        self._deployment = self._deployer.deploy(self._assets, {"PublicUrl": self.url, "TokenPublicKey": keys.public_key})
        self._deployer.put_secrets(self._deployment, self._postgres.url, keys.private_key, keys.public_key)
        self._deployer.put_platform_apps(self._deployment, read_platform_apps(os.environ))
        route = {"port": self._ministack_port, "api_id": self._deployment.api_id, "bucket": self._deployment.outputs["MediaBucketName"]}
        write_file(self.directory.route_file, json.dumps(route))
        self._say("the stack is deployed")

    def _begin_work(self) -> None:
        """Picks up what an earlier end interrupted. Later than the first answer: on two cores cold starts take from each other."""
        self._deployer.invoke_step(self._deployment, "Reconcile")
        self._reconcile_at = time.monotonic() + SECOND_RECONCILE_SECONDS
        threading.Thread(target=self._warm_up, daemon=True).start()

    def _warm_up(self) -> None:
        """A first request that needs the authorizer: its worker is there when a client asks."""
        request = urllib.request.Request(f"{self.url}/v1/media", headers={"Authorization": "Bearer none"})  # noqa: S310
        with contextlib.suppress(OSError), urllib.request.urlopen(request, timeout=START_SECONDS):  # noqa: S310
            pass

    def _start_ministack(self) -> None:
        environment = environment_for(self.directory.path, self._ministack_port, self._access_key, self._secret)
        environment |= {"REELWRIGHT_WORK_DIRECTORY": str(self.directory.path / "work"), "REELWRIGHT_CACHE_DIRECTORY": str(self.directory.path / "cache")}
        environment["REELWRIGHT_ENVELOPE_KEY_FILE"] = str(make_grant_keys(self.directory.path))
        environment["REELWRIGHT_SANDBOX_URL"] = self.sandbox_url
        self._start("ministack", "-m", "local.ministack_server", environment=environment)

    def _start_front(self) -> None:
        self._start("front", "-m", "local.front", str(self.port), str(self.directory.route_file))

    def _start_sandbox(self) -> None:
        self._start("sandbox", "-m", "local.sandbox.server", str(self.directory.sandbox), str(self._sandbox_port))

    def _start(self, name: str, *arguments: str, environment: dict[str, str] | None = None) -> None:
        with self.directory.log(name).open("ab") as log:
            self._children[name] = self._spawner.start(
                [sys.executable, *arguments], env=environment or _clean_environment(), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def _migrate(self) -> None:
        newest = max(path.name for path in (ROOT / "migrations" / "versions").glob("*.py"))
        mark = self.directory.path / "migrated"
        if mark.exists() and mark.read_text() == newest:
            return
        environment = {**_clean_environment(), "REELWRIGHT_DATABASE_URL": self._postgres.url}
        done = subprocess.run([sys.executable, "-m", "local.migrate"], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise PlatformRefused(f"The database could not be brought up to date: {done.stderr.strip().splitlines()[-1:] or 'no reason given'}")
        write_file(mark, newest)
        self._say("the database is up to date")

    def _mend(self) -> None:
        """One look at each child."""
        if not self._postgres.is_running():
            self._say("the database ended; it is started again")
            self._keep_postgres_port()
            self._postgres.start()
        if self._children["front"].poll() is not None:
            self._say("the front ended; it is started again")
            self._start_front()
        if self._children["sandbox"].poll() is not None:
            self._say("the stand-in platforms ended; they are started again")
            self._start_sandbox()
        if self._children["ministack"].poll() is not None:
            self._restart_ministack()

    def _reconcile_again(self) -> None:
        if time.monotonic() > self._reconcile_at:
            self._reconcile_at = math.inf
            with contextlib.suppress(Exception):  # the schedule does it too
                self._deployer.invoke_step(self._deployment, "Reconcile")
                self._deployer.invoke_step(self._deployment, "Start Due Posts", "PublishingFunctionName")

    def _keep_postgres_port(self) -> None:
        # Its address is in a secret that workers have read.
        if self._postgres.port is not None:
            self._postgres = PostgresServer(self.directory.postgres, self._postgres.port)

    def _restart_ministack(self) -> None:
        self._say("MiniStack ended; it is started again")
        self.directory.route_file.unlink(missing_ok=True)
        self._end_orphans()
        self.directory.clear_temporary()
        self._start_ministack()
        self._deploy()
        self._begin_work()
        write_file(self.directory.state_file, json.dumps(self.describe()))
        self._answered_at = time.monotonic()

    def _end_orphans(self) -> None:
        kept = {child.pid for child in self._children.values() if child.poll() is None}
        if (pid := self._postgres.pid) is not None:
            kept.add(pid)
        end_orphans(kept)

    def _check_health(self) -> None:
        """A MiniStack that has not answered for a minute is ended; the next look starts it again."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._ministack_port}/_ministack/health", timeout=HEALTH_SECONDS):
                self._answered_at = time.monotonic()
        except OSError:
            if time.monotonic() - self._answered_at > SILENT_SECONDS:
                self._say("MiniStack does not answer; it is ended")
                self._children["ministack"].kill()

    def _wait_for(self, url: str) -> None:
        """Until it answers. Raises PlatformRefused when a child ended meanwhile or after a minute."""
        deadline = time.monotonic() + START_SECONDS
        problem = ""
        while time.monotonic() < deadline:
            for name, child in self._children.items():
                if child.poll() is not None:
                    raise PlatformRefused(f"The local platform did not start: {name} ended at once. Its log is {self.directory.log(name)}.")
            try:
                with urllib.request.urlopen(url, timeout=START_SECONDS):  # noqa: S310
                    return
            except OSError as error:
                problem = str(error)
                if isinstance(error, urllib.error.HTTPError) and error.code < 500:
                    return
                time.sleep(0.5 if isinstance(error, urllib.error.HTTPError) and error.code != 503 else 0.02)
        raise PlatformRefused(f"The local platform did not start: {url} gave no good answer ({problem}). Logs are in {self.directory.path / 'logs'}.")

    def _say(self, sentence: str) -> None:
        seconds = time.monotonic() - self._begun_at
        print(f"{time.strftime('%H:%M:%S')} {seconds:8.2f} s  {sentence}", file=sys.stderr, flush=True)


def _clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _ask_to_end(child: subprocess.Popen[Any]) -> None:
    if child.poll() is None:
        child.terminate()


def _make_end(child: subprocess.Popen[Any]) -> None:
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _end_with_input(supervisor: Supervisor) -> None:
    """Whoever started us holds the other end; it closes when they end."""
    with contextlib.suppress(OSError):
        while os.read(0, 1):
            pass
    supervisor.end()


def _answer(answer: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        print(json.dumps(answer), flush=True)


def main(data_directory: str, wanted_port: str) -> int:
    """Starts, says on standard output whether it worked, watches, stops."""
    os.umask(0o022)
    adopt_orphans()
    directory = DataDirectory(Path(data_directory))
    supervisor = None
    try:
        directory.make()
        lock = directory.lock()
        directory.clear_temporary()
        supervisor = Supervisor(directory, choose_port(directory, None if wanted_port == "-" else int(wanted_port)))
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: supervisor.end())
        threading.Thread(target=_end_with_input, args=(supervisor,), daemon=True).start()
        supervisor.start()
        _answer({"ready": supervisor.describe()})
        supervisor.watch()
        return 0
    except (PlatformRefused, PostgresNotStarted) as refusal:
        _answer({"refused": str(refusal)})
        return 2
    except Exception as error:
        traceback.print_exc()
        _answer({"refused": f"The local platform did not start: {error}. Its log is {directory.log('supervisor')}."})
        return 3
    finally:
        if supervisor is not None:
            supervisor.stop()
            os.close(lock)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
