"""Makes MiniStack's Lambda workers report error classes, live through errors, end with their parent and wait their turn.

Holds for the pinned MiniStack; ``install`` refuses any symbol or line that is gone.
"""

from __future__ import annotations

import subprocess
import threading
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from local.spawner import Spawner
from local.wait_meter import METER, WaitMeter

ERROR_KEY = "__handler_error__"
LOG_BYTES = 20_000_000
QUIET_SECONDS = 0.003
LOG_SECONDS = 0.05
CONCURRENCY = 2
# On two cores more workers only cost memory. The API's are short, the others' are long.
CONCURRENCY_BY_WORD: Mapping[str, int] = {"api": 4, "authorizer": 2, "publishing": 3}

_OLD_ERROR = '_real_stdout.write(json.dumps({"status": "error", "error": str(e), "trace": traceback.format_exc()}) + "\\n")'
_NEW_ERROR = (
    '_real_stdout.write(json.dumps({"status": "ok", "result": {"__handler_error__": {"errorType": type(e).__name__, '
    '"errorMessage": str(e), "stackTrace": traceback.format_tb(e.__traceback__)}}}) + "\\n")'
)
_OLD_STDOUT = "_real_stdout = sys.stdout"
_NEW_STDOUT = (
    '_real_stdout = os.fdopen(os.dup(1), "w", buffering=1); os.dup2(2, 1); sys.stdin = os.fdopen(os.dup(0), "r"); os.dup2(os.open(os.devnull, os.O_RDONLY), 0)'
)


class LambdaWorkersPatch:
    """Replaces how workers are started and what their errors become."""

    def __init__(self, spawner: Spawner, log: Path) -> None:
        self._spawner = spawner
        self._log = log
        self._log_lock = threading.Lock()
        self._turns: dict[str, threading.BoundedSemaphore] = {}
        self._turns_lock = threading.Lock()

    def install(self) -> None:
        """Raises AssertionError where MiniStack is not the one that was read."""
        script = lambda_runtime._PYTHON_WORKER_SCRIPT
        # Why: an exception's class is lost (all are Runtime.HandlerError), and the worker is killed for it.
        assert script.count(_OLD_ERROR) == 1, "MiniStack has changed: the worker's error line is gone."  # noqa: S101
        # Why: whatever a worker's child process prints would break the line protocol on stdin and stdout.
        assert script.count(_OLD_STDOUT) == 1, "MiniStack has changed: the worker's stdout line is gone."  # noqa: S101
        defaults = lambda_runtime.Worker._drain_stderr_bounded.__defaults__
        assert defaults == (0.05, 0.005, 0.25), "MiniStack has changed: the wait for log lines is another."  # noqa: S101
        for holder, name in ((lambda_svc, "_execute_function_warm"), (lambda_runtime, "subprocess"), (lambda_runtime, "Worker")):
            assert hasattr(holder, name), f"MiniStack has changed: {name} is gone."  # noqa: S101
        lambda_runtime._PYTHON_WORKER_SCRIPT = script.replace(_OLD_ERROR, _NEW_ERROR).replace(_OLD_STDOUT, _NEW_STDOUT)
        # Why: workers outlive a killed MiniStack.
        lambda_runtime.subprocess = types.SimpleNamespace(**{**vars(subprocess), "Popen": self._spawner.start})
        # Why: an answer waits 50 ms for a log line that a quiet handler never writes; a late line is read with the next call.
        lambda_runtime.Worker._drain_stderr_bounded.__defaults__ = (QUIET_SECONDS, QUIET_SECONDS, LOG_SECONDS)
        self._execute = lambda_svc._execute_function_warm
        lambda_svc._execute_function_warm = self._execute_function_warm

    def _execute_function_warm(self, function: dict[str, Any], event: Any, request_id: str) -> dict[str, Any]:
        name = str((function.get("config") or function).get("FunctionName", ""))
        turn = self._turn(name)
        with (METER.get() or WaitMeter()).waiting():
            turn.acquire()
        try:
            result: dict[str, Any] = self._execute(function, event, request_id)
        finally:
            turn.release()
        body = result.get("body")
        if isinstance(body, dict) and set(body) == {ERROR_KEY}:
            error = body[ERROR_KEY]
            result = {
                "body": error,
                "error": True,
                "log": f"{result.get('log', '')}\n{''.join(error['stackTrace'])}{error['errorType']}: {error['errorMessage']}",
            }
        self._write_log(name, str(result.get("log", "")))
        return result

    # Why: AWS starts another environment for each call; here a fourth decoder at once only makes four slow ones.
    def _turn(self, name: str) -> threading.BoundedSemaphore:
        with self._turns_lock:
            limit = next((limit for word, limit in CONCURRENCY_BY_WORD.items() if word in name.lower()), CONCURRENCY)
            return self._turns.setdefault(name, threading.BoundedSemaphore(limit))

    def _write_log(self, name: str, text: str) -> None:
        if not text.strip():
            return
        with self._log_lock:
            if self._log.exists() and self._log.stat().st_size > LOG_BYTES:
                self._log.replace(self._log.with_suffix(".old.log"))
            with self._log.open("a", encoding="utf-8") as log:
                log.write("".join(f"{name} {line}\n" for line in text.splitlines() if line.strip()))
