"""AWS Batch as local processes: MiniStack's own only pretends that a job succeeded.

Not done, because no storyboard uses it: retryStrategy, dependsOn, array jobs.
"""

from __future__ import annotations

import json
import threading
import time
from typing import Any

from ministack.services import batch

from local.task_processes import TaskProcesses

_SUBMIT, _TERMINATE = "/v1/submitjob", "/v1/terminatejob"


class BatchPatch:
    """Runs a submitted job with the task runner and keeps its record up to date."""

    def __init__(self, tasks: TaskProcesses) -> None:
        self._tasks = tasks
        self._running: dict[str, Any] = {}

    def install(self) -> None:
        """Raises AssertionError where MiniStack is not the one that was read."""
        assert _SUBMIT in batch._DISPATCH, "MiniStack has changed: Batch's table is gone."  # noqa: S101
        assert hasattr(batch, "_jobs"), "MiniStack has changed: Batch's jobs are gone."  # noqa: S101
        self._submit_stub = batch._DISPATCH[_SUBMIT]
        batch._DISPATCH[_SUBMIT] = self._submit
        batch._DISPATCH[_TERMINATE] = self._terminate

    def _submit(self, wanted: dict[str, Any]) -> Any:
        answer = self._submit_stub(wanted)
        job_id = json.loads(answer[2]).get("jobId")
        if not job_id:
            return answer
        job = batch._jobs[job_id]
        job.update(status="RUNNING", statusReason="", stoppedAt=None, container={})
        container = {**_definition(wanted.get("jobDefinition", "")), **wanted.get("containerOverrides", {})}
        try:
            environment = {item["name"]: item["value"] for item in container.get("environment", [])}
            task = self._tasks.run(container.get("image", ""), container.get("command"), environment, name=f"batch-{job_id[:8]}")
        except Exception as error:
            job.update(status="FAILED", statusReason=str(error), stoppedAt=_now_ms(), container={"reason": str(error)})
            return answer
        self._running[job_id] = task
        threading.Thread(target=self._wait, args=(job, task), daemon=True, name=f"batch-{job_id[:8]}").start()
        return answer

    def _wait(self, job: dict[str, Any], task: Any) -> None:
        code = task.wait()["StatusCode"]
        self._running.pop(job["jobId"], None)
        status, reason = ("SUCCEEDED", "") if code == 0 else ("FAILED", "Essential container in task exited")
        job.update(status=status, statusReason=job.get("statusReason") or reason, stoppedAt=_now_ms(), container={"exitCode": code})

    def _terminate(self, wanted: dict[str, Any]) -> Any:
        if task := self._running.get(str(wanted.get("jobId"))):
            batch._jobs[wanted["jobId"]]["statusReason"] = wanted.get("reason", "")
            threading.Thread(target=task.stop, daemon=True).start()
        return batch._json(200, {})


def _definition(reference: str) -> dict[str, Any]:
    name, _, revision = reference.rsplit("/", 1)[-1].partition(":")
    revisions = batch._job_definitions.get(name, [])
    chosen = [entry for entry in revisions if not revision or str(entry.get("revision")) == revision]
    return dict(chosen[-1].get("containerProperties", {})) if chosen else {}


def _now_ms() -> int:
    return int(time.time() * 1000)
