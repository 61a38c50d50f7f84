"""Makes MiniStack's Step Functions keep the promises of the real one. Each patch says in one line why it is there.

Holds for the pinned MiniStack; ``install`` refuses any other version and any symbol that is gone.
"""

from __future__ import annotations

import contextvars
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

from ministack.core.responses import now_iso
from ministack.services import ecs, stepfunctions

from local.wait_meter import METER, WaitMeter

POLL_SECONDS = 0.1
_SYMBOLS = (
    "_run_execution", "_fail_execution", "_stop_execution", "_execute_task", "_invoke_resource", "_find_matching_retrier", "_find_matching_catcher", "_invoke_with_callback",
    "_invoke_resource_with_timeout", "_poll_ecs_tasks", "_nested_execution_failure", "_add_event", "_emit_execution_status_event", "_ExecutionError",
    "_executions", "_state_machines", "_task_tokens", "_start_sync_execution", "_error_matches",
)  # fmt: skip
_ECS_SYMBOLS = ("_run_task", "_stop_task", "_describe_tasks", "_docker", "_get_docker")
STOPPED_ERROR = "Reelwright.ExecutionStopped"

Task = tuple[str, str]


class StepFunctionsPatch:
    """Knows which execution runs in the current thread, what tasks and child executions it started."""

    def __init__(self) -> None:
        self._execution: contextvars.ContextVar[str] = contextvars.ContextVar("execution", default="")
        self._attempt: contextvars.ContextVar[list[Task] | None] = contextvars.ContextVar("attempt", default=None)
        self._tasks: dict[str, list[Task]] = {}
        self._children: dict[str, list[str]] = {}

    def install(self) -> None:
        """Replaces the symbols. Raises AssertionError where MiniStack is not the one that was read."""
        missing = [name for name in _SYMBOLS if not hasattr(stepfunctions, name)] + [name for name in _ECS_SYMBOLS if not hasattr(ecs, name)]
        assert not missing, f"MiniStack has changed: {missing} are gone."  # noqa: S101  # a start-up check of a pinned dependency
        self._original = {name: getattr(stepfunctions, name) for name in _SYMBOLS}
        self._run_ecs_task = ecs._run_task
        ecs._run_task = self._remember_task
        for name, replacement in self._replacements().items():
            setattr(stepfunctions, name, replacement)

    def _replacements(self) -> dict[str, Callable[..., Any]]:
        return {
            "_run_execution": self._run_execution,
            "_fail_execution": self._fail_execution,
            "_stop_execution": self._stop_execution,
            "_execute_task": self._execute_task,
            "_find_matching_retrier": self._find_matching_retrier,
            "_find_matching_catcher": self._find_matching_catcher,
            "_error_matches": _error_matches,
            "_invoke_with_callback": self._invoke_with_callback,
            "_invoke_resource_with_timeout": self._invoke_resource_with_timeout,
            "_poll_ecs_tasks": self._poll_ecs_tasks,
            "_nested_execution_failure": _describe_nested_failure,
        }

    # Why: a machine's TimeoutSeconds is ignored; and what an execution started must be known to stop it.
    def _run_execution(self, arn: str) -> None:
        execution = stepfunctions._executions.get(arn)
        parent = self._execution.get()
        if execution and parent and execution.get("sync"):
            self._children.setdefault(parent, []).append(arn)
        token = self._execution.set(arn)
        timer = self._start_timer(arn, execution)
        try:
            self._original["_run_execution"](arn)
        finally:
            self._execution.reset(token)
            self._tasks.pop(arn, None)
            self._children.pop(arn, None)
            if timer:
                timer.cancel()

    def _start_timer(self, arn: str, execution: dict[str, Any] | None) -> threading.Timer | None:
        machine = stepfunctions._state_machines.get(execution["stateMachineArn"]) if execution else None
        try:
            seconds = json.loads(machine["definition"]).get("TimeoutSeconds") if machine else None
        except ValueError:
            return None
        if not seconds:
            return None
        timer = threading.Timer(seconds, contextvars.copy_context().run, (self._time_out, arn))
        timer.daemon = True
        timer.start()
        return timer

    def _time_out(self, arn: str) -> None:
        execution = stepfunctions._executions.get(arn)
        if execution and execution["status"] == "RUNNING":
            cause = "The execution ran longer than its TimeoutSeconds."
            execution.update(status="TIMED_OUT", stopDate=now_iso(), error="States.Timeout", cause=cause)
            stepfunctions._add_event(execution, "ExecutionTimedOut", {"executionTimedOutEventDetails": {"error": "States.Timeout", "cause": cause}})
            stepfunctions._emit_execution_status_event(execution)
            self._stop_started(arn, cause)

    # Why: StopExecution leaves the render running.
    def _stop_execution(self, data: dict[str, Any]) -> Any:
        answer = self._original["_stop_execution"](data)
        arn = str(data.get("executionArn"))
        execution = stepfunctions._executions.get(arn)
        if execution and execution["status"] == "ABORTED":
            contextvars.copy_context().run(self._stop_started, arn, "The execution was stopped.")
        return answer

    def _stop_started(self, arn: str, reason: str) -> None:
        """Ends what the execution waits for, in the background: a task may take seconds to end."""
        for child in self._children.pop(arn, []):
            execution = stepfunctions._executions.get(child)
            if execution and execution["status"] == "RUNNING":
                execution.update(status="ABORTED", stopDate=now_iso(), cause=reason)
            self._stop_started(child, reason)
        self._stop_tasks(self._tasks.pop(arn, []), reason)

    @staticmethod
    def _stop_tasks(tasks: list[Task], reason: str) -> None:
        for cluster, task in tasks:
            context = contextvars.copy_context()
            threading.Thread(target=context.run, args=(ecs._stop_task, {"cluster": cluster, "task": task, "reason": reason}), daemon=True).start()

    def _remember_task(self, data: dict[str, Any]) -> Any:
        answer = self._run_ecs_task(data)
        started = [(str(data.get("cluster", "default")), task["taskArn"]) for task in json.loads(answer[2] or "{}").get("tasks", [])]
        if arn := self._execution.get():
            self._tasks.setdefault(arn, []).extend(started)
        if (attempt := self._attempt.get()) is not None:
            attempt.extend(started)
        return answer

    # Why: an execution that was stopped or timed out must not become FAILED when its task ends.
    def _fail_execution(self, execution: dict[str, Any], error: str, cause: str) -> None:
        if execution["status"] == "RUNNING":
            self._original["_fail_execution"](execution, error, cause)

    # Why: branches of Parallel and Map go on after StopExecution.
    def _execute_task(self, state: Any, raw_input: Any, execution: Any, context: Any) -> Any:
        self._refuse_when_over()
        output = self._original["_execute_task"](state, raw_input, execution, context)
        self._refuse_when_over()
        return output

    def _find_matching_retrier(self, retriers: Any, error: str, counts: Any) -> Any:
        return (None, -1) if self._is_over() else self._original["_find_matching_retrier"](retriers, error, counts)

    def _find_matching_catcher(self, catchers: Any, error: str) -> Any:
        return None if self._is_over() else self._original["_find_matching_catcher"](catchers, error)

    def _is_over(self) -> bool:
        execution = stepfunctions._executions.get(self._execution.get())
        return bool(execution) and execution["status"] != "RUNNING"

    def _refuse_when_over(self) -> None:
        if self._is_over():
            raise stepfunctions._ExecutionError(STOPPED_ERROR, "The execution is over.")

    # Why: HeartbeatSeconds is ignored, and a stopped execution waits for its token for ever.
    def _invoke_with_callback(self, resource: str, task_input: Any, token: str, state: dict[str, Any]) -> Any:
        done = threading.Event()
        watch = threading.Thread(target=contextvars.copy_context().run, args=(self._watch_token, token, state.get("HeartbeatSeconds"), done), daemon=True)
        watch.start()
        try:
            return self._original["_invoke_with_callback"](resource, task_input, token, state)
        finally:
            done.set()

    def _watch_token(self, token: str, heartbeat_seconds: float | None, done: threading.Event) -> None:
        last_beat, seen_at = None, time.monotonic()
        while not done.wait(POLL_SECONDS):
            waiting = stepfunctions._task_tokens.get(token)
            if not waiting:
                continue
            if waiting["heartbeat"] != last_beat:
                last_beat, seen_at = waiting["heartbeat"], time.monotonic()
            is_late = heartbeat_seconds and time.monotonic() - seen_at > heartbeat_seconds
            if (is_late or self._is_over()) and not waiting["event"].is_set():
                error = "States.HeartbeatTimeout" if is_late else STOPPED_ERROR
                waiting["error"] = {"Error": error, "Cause": "No heartbeat came in time." if is_late else "The execution is over."}
                waiting["event"].set()

    # Why: a state's TimeoutSeconds leaves the task that it waited for running, and it counts the wait for a turn on this machine.
    def _invoke_resource_with_timeout(self, resource: str, task_input: Any, seconds: float) -> Any:
        started: list[Task] = []
        meter = WaitMeter()
        context = contextvars.copy_context()
        context.run(self._attempt.set, started)
        context.run(METER.set, meter)
        pool = ThreadPoolExecutor(max_workers=1)
        future = pool.submit(context.run, stepfunctions._invoke_resource, resource, task_input)
        pool.shutdown(wait=False)
        begun_at = time.monotonic()
        while not wait([future], POLL_SECONDS).done:
            if time.monotonic() - begun_at - meter.seconds > seconds:
                self._stop_tasks(started, "The state ran longer than its TimeoutSeconds.")
                raise stepfunctions._ExecutionError("States.Timeout", f"Task timed out after {seconds} seconds")
        return future.result()

    # Why: a failed task counts as success, the keys are in the wrong case, and it gives up after ten minutes.
    def _poll_ecs_tasks(self, cluster: str, arns: list[str]) -> Any:
        while True:
            tasks = json.loads(ecs._describe_tasks({"cluster": cluster, "tasks": arns})[2] or "{}").get("tasks", [])
            if not tasks or all(task.get("lastStatus") == "STOPPED" for task in tasks):
                break
            time.sleep(POLL_SECONDS)
        described = [_to_pascal_case(task) for task in tasks]
        if not described or any(_has_failed(task) for task in tasks):
            raise stepfunctions._ExecutionError("States.TaskFailed", json.dumps(described[0] if described else {}, default=str))
        return described[0] if len(described) == 1 else {"Tasks": described}


def _has_failed(task: dict[str, Any]) -> bool:
    codes = [container.get("exitCode") for container in task.get("containers", [])]
    return task.get("stopCode") in {"TaskFailedToStart", "UserInitiated"} or any(code != 0 for code in codes)


def _to_pascal_case(value: Any) -> Any:
    if isinstance(value, list):
        return [_to_pascal_case(item) for item in value]
    if isinstance(value, dict):
        return {key[:1].upper() + key[1:]: _to_pascal_case(item) for key, item in value.items()}
    return value


# Why: States.Runtime can be neither caught nor retried by States.ALL, and a stopped execution ends at once.
def _error_matches(names: list[str], error: str) -> bool:
    if error in names:
        return True
    if error in {"States.Runtime", "States.DataLimitExceeded", STOPPED_ERROR}:
        return False
    return "States.ALL" in names or ("States.TaskFailed" in names and error != "States.Timeout")


# Why: a failed child execution is States.TaskFailed with the child in the cause, not the child's own error.
def _describe_nested_failure(payload: dict[str, Any]) -> tuple[str, str]:
    described = {key[:1].upper() + key[1:]: value for key, value in payload.items()}
    return "States.TaskFailed", json.dumps(described, default=str)
