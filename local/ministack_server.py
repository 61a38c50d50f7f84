"""MiniStack with our patches as a process of its own: ``python -m local.ministack_server`` (settings by environment).

Its state is made anew from the template at each start; only S3's files last. The record is PostgreSQL.
"""

from __future__ import annotations

import asyncio
import importlib.metadata
import os
import signal
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from local.persisted_buckets import remove_half_written

MINISTACK_VERSION = "1.5.33"
ACCOUNT = "000000000000"
REGION = "us-east-1"
ROOT = Path(__file__).resolve().parents[1]


def environment_for(directory: Path, port: int, access_key: str, secret_key: str) -> dict[str, str]:
    """The variables that make MiniStack ours: loopback only, callers checked, files kept, temporary files in reach."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"PYTHONDONTWRITEBYTECODE", "AWS_PROFILE", "AWS_SESSION_TOKEN"}}
    return {
        **inherited,
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "AUTH": "true",
        "LAMBDA_EXECUTOR": "local",
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(directory / "s3"),
        "TMPDIR": str(directory / "tmp"),
        "LOG_LEVEL": os.environ.get("REELWRIGHT_LOCAL_LOG_LEVEL", "WARNING"),
        "POWERTOOLS_LOG_LEVEL": "INFO",  # else the workers take LOG_LEVEL, which is MiniStack's
        "AWS_ACCESS_KEY_ID": access_key,
        "AWS_SECRET_ACCESS_KEY": secret_key,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
        "DOCKER_HOST": "unix:///nonexistent/docker.sock",
        "REELWRIGHT_LOCAL_DIRECTORY": str(directory),
    }


def client_environment(port: int, access_key: str, secret_key: str) -> dict[str, str]:
    """What a boto3 client needs to reach it as the account's owner."""
    return {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": access_key,
        "AWS_SECRET_ACCESS_KEY": secret_key,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def main() -> None:
    """Patches and serves until SIGTERM, then ends every worker and task."""
    version = importlib.metadata.version("ministack")
    assert version == MINISTACK_VERSION, f"The patch was read against MiniStack {MINISTACK_VERSION}, not {version}."  # noqa: S101
    directory, port = Path(os.environ["REELWRIGHT_LOCAL_DIRECTORY"]), int(os.environ["GATEWAY_PORT"])
    (directory / "logs").mkdir(parents=True, exist_ok=True)
    remove_half_written(directory / "s3")
    _serve(directory, port)


def _serve(directory: Path, port: int) -> None:
    """Imports are late: MiniStack reads the environment when it is imported."""
    from hypercorn.asyncio import serve  # noqa: PLC0415
    from hypercorn.config import Config  # noqa: PLC0415
    from ministack.app import app  # noqa: PLC0415
    from ministack.core import lambda_runtime  # noqa: PLC0415
    from ministack.services import ecs  # noqa: PLC0415

    from local.batch_jobs import BatchPatch  # noqa: PLC0415
    from local.lambda_workers import LambdaWorkersPatch  # noqa: PLC0415
    from local.spawner import Spawner  # noqa: PLC0415
    from local.stack_resources import install as install_stack_resources  # noqa: PLC0415
    from local.step_functions import StepFunctionsPatch  # noqa: PLC0415
    from local.task_processes import TaskProcesses  # noqa: PLC0415

    spawner = Spawner()
    tasks = TaskProcesses(spawner, directory / "logs" / "tasks", ROOT, _task_environment(port, os.environ), _programs(os.environ))
    LambdaWorkersPatch(spawner, directory / "logs" / "lambda.log").install()
    StepFunctionsPatch().install()
    BatchPatch(tasks).install()
    install_stack_resources()
    ecs._docker = tasks

    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"

    def end() -> None:
        # At once: MiniStack would wait for every thread that still runs something.
        tasks.stop_all()
        lambda_runtime.reset()
        os._exit(0)

    asyncio.run(_run(serve, _guard(app, os.environ), config, end))


def _guard(application: Any, environment: Mapping[str, str]) -> Any:
    """The application for those alone who hold the owner's access key or a function's."""
    from local.access_keys import FunctionCredentialsPatch, KnownKeys  # noqa: PLC0415
    from local.origin_guard import guard  # noqa: PLC0415

    known = KnownKeys(environment["AWS_ACCESS_KEY_ID"])
    FunctionCredentialsPatch(environment["AWS_SECRET_ACCESS_KEY"], known).install()
    return guard(application, known.holds)


async def _run(serve: Any, application: Any, config: Any, end: Callable[[], None]) -> None:
    """Serves; at SIGTERM ``end`` ends the process."""

    def begin_to_end() -> None:
        threading.Thread(target=end, daemon=True).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, begin_to_end)
    await serve(application, config, shutdown_trigger=asyncio.Event().wait)


def _task_environment(port: int, environment: Mapping[str, str]) -> dict[str, str]:
    access = client_environment(port, environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"])
    return {**access, "TMPDIR": environment["TMPDIR"]}


def _programs(environment: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """The container programs; tests name more in REELWRIGHT_LOCAL_PROGRAMS (``word=argument argument;…``)."""
    from local.task_processes import PROGRAMS  # noqa: PLC0415

    named = (entry.partition("=") for entry in environment.get("REELWRIGHT_LOCAL_PROGRAMS", "").split(";") if entry)
    return {**PROGRAMS, **{word: tuple(program.split()) for word, _, program in named}}


if __name__ == "__main__":
    main()
