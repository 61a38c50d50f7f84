"""The promises of Step Functions that our storyboards rely on, kept by our MiniStack and, where it can, by moto's stricter interpreter."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from engines import Engine

Definition = dict[str, Any]


@pytest.fixture(params=["ministack", "moto"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def call(payload: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A task state that calls the function."""
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": "${Function}", "Payload": payload},
        "ResultSelector": {"value.$": "$.Payload.value", "calls.$": "$.Payload.calls"},
        "End": True,
        **more,
    }


def only(state: dict[str, Any], **more: Any) -> Definition:
    """A storyboard of one state, and those that its Catch leads to."""
    caught = {"Caught": {"Type": "Pass", "Parameters": {"caught.$": "$.error.Error", "cause.$": "$.error.Cause"}, "End": True}}
    return {"StartAt": "Only", "States": {"Only": state, **caught}, **more}


def catch(*names: str) -> list[dict[str, Any]]:
    return [{"ErrorEquals": list(names), "ResultPath": "$.error", "Next": "Caught"}]


def output(described: dict[str, Any]) -> Any:
    assert described["status"] == "SUCCEEDED", described
    return json.loads(described["output"])


def test_a_function_is_called_and_its_answer_selected(engine: Engine) -> None:
    assert output(engine.run(only(call({"value.$": "$.word"})), {"word": "it's “fine”"})) == {"value": "it's “fine”", "calls": 1}


def test_an_error_class_is_caught_by_its_name(engine: Engine) -> None:
    caught = output(engine.run(only(call({"fail": "MediaRefused", "why": "not a picture"}, Catch=catch("MediaRefused")))))
    assert caught["caught"] == "MediaRefused"
    assert json.loads(caught["cause"])["errorMessage"] == "not a picture"


def test_another_class_is_not_caught_by_that_name(engine: Engine) -> None:
    described = engine.run(only(call({"fail": "ProviderUnavailable"}, Catch=catch("MediaRefused"))))
    assert (described["status"], described["error"]) == ("FAILED", "ProviderUnavailable")


def test_retries_wait_longer_each_time_then_succeed(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "calls"
    retry = [{"ErrorEquals": ["ProviderUnavailable"], "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 2.0}]
    answer = output(engine.run(only(call({"fail": "ProviderUnavailable", "times": 2, "count_file": str(file)}, Retry=retry))))
    first, second, third = map(float, file.read_text().split())
    assert answer["calls"] == 3
    assert second - first >= 1 * engine.wait_scale
    assert third - second >= 2 * engine.wait_scale


def test_retries_end_after_max_attempts_and_the_catch_takes_over(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "calls"
    retry = [{"ErrorEquals": ["ProviderUnavailable"], "IntervalSeconds": 1, "MaxAttempts": 1, "BackoffRate": 1.0}]
    state = call({"fail": "ProviderUnavailable", "count_file": str(file)}, Retry=retry, Catch=catch("States.ALL"))
    assert output(engine.run(only(state)))["caught"] == "ProviderUnavailable"
    assert len(file.read_text().split()) == 2


def test_map_keeps_the_order_of_its_items(engine: Engine) -> None:
    item = {"StartAt": "Item", "States": {"Item": call({"value.$": "$.n"})}}
    state = {"Type": "Map", "ItemsPath": "$.items", "ItemSelector": {"n.$": "$$.Map.Item.Value"}, "MaxConcurrency": 2, "ItemProcessor": item, "End": True}
    assert [entry["value"] for entry in output(engine.run(only(state), {"items": [3, 1, 2]}))] == [3, 1, 2]


def test_an_error_inside_map_is_caught_outside_by_class(engine: Engine) -> None:
    item = {"StartAt": "Item", "States": {"Item": call({"fail": "MediaRefused"})}}
    state = {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": item, "Catch": catch("MediaRefused"), "End": True}
    assert output(engine.run(only(state), {"items": [1]}))["caught"] == "MediaRefused"


def test_parallel_gives_the_answers_of_its_branches_in_order(engine: Engine) -> None:
    branches = [{"StartAt": "Branch", "States": {"Branch": call({"value": word})}} for word in ("voice", "music")]
    assert [entry["value"] for entry in output(engine.run(only({"Type": "Parallel", "Branches": branches, "End": True})))] == ["voice", "music"]


def test_an_error_in_a_parallel_branch_is_caught_outside(engine: Engine) -> None:
    branches = [{"StartAt": "Branch", "States": {"Branch": call(payload)}} for payload in ({"value": 1}, {"fail": "ProviderUnavailable"})]
    state = {"Type": "Parallel", "Branches": branches, "Catch": catch("ProviderUnavailable"), "End": True}
    assert output(engine.run(only(state)))["caught"] == "ProviderUnavailable"


@pytest.mark.parametrize(("wanted", "taken"), [({"kind": "video", "n": 3}, "Video"), ({"kind": "photo", "n": 3}, "Other"), ({"n": 3}, "Missing")])
def test_choice_takes_the_first_rule_that_holds(engine: Engine, wanted: dict[str, Any], taken: str) -> None:
    rules = [
        {"Not": {"Variable": "$.kind", "IsPresent": True}, "Next": "Missing"},
        {"And": [{"Variable": "$.kind", "StringEquals": "video"}, {"Variable": "$.n", "NumericGreaterThan": 2}], "Next": "Video"},
    ]
    ends = {name: {"Type": "Pass", "Result": {"taken": name}, "End": True} for name in ("Video", "Other", "Missing")}
    definition = {"StartAt": "Choose", "States": {"Choose": {"Type": "Choice", "Choices": rules, "Default": "Other"}, **ends}}
    assert output(engine.run(definition, wanted)) == {"taken": taken}


def test_wait_waits(engine: Engine) -> None:
    started = time.monotonic()
    output(engine.run(only({"Type": "Wait", "Seconds": 1, "End": True})))
    assert time.monotonic() - started >= 1 * engine.wait_scale


def test_intrinsics_and_paths_build_the_next_input(engine: Engine) -> None:
    state = {
        "Type": "Pass",
        "Parameters": {"argv.$": "States.Array($.id)", "name.$": "States.Format('{}-{}', $.id, $.attempt)"},
        "ResultPath": "$.made",
        "End": True,
    }
    assert output(engine.run(only(state), {"id": "render_1", "attempt": 2}))["made"] == {"argv": ["render_1"], "name": "render_1-2"}


def with_token(engine: Engine, payload: dict[str, Any], **more: Any) -> dict[str, Any]:
    state = call({"token.$": "$$.Task.Token", "client": engine.client_arguments, **payload}, **more)
    return {**{name: value for name, value in state.items() if name != "ResultSelector"}, "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken"}


def test_a_task_token_is_answered(engine: Engine) -> None:
    assert output(engine.run(only(with_token(engine, {"answer": "success"})))) == {"said": "yes"}


def test_a_refused_task_token_is_caught_by_class(ministack: Engine) -> None:
    # moto loses the cause, which the next state reads.
    caught = output(ministack.run(only(with_token(ministack, {"answer": "failure"}, Catch=catch("MediaRefused")))))
    assert caught == {"caught": "MediaRefused", "cause": "told so"}


def test_a_missing_heartbeat_ends_the_state(ministack: Engine) -> None:
    # moto reports States.Timeout instead.
    state = with_token(ministack, {}, HeartbeatSeconds=1, Catch=catch("States.HeartbeatTimeout"))
    assert output(ministack.run(only(state)))["caught"] == "States.HeartbeatTimeout"


def test_heartbeats_keep_the_state_alive(ministack: Engine) -> None:
    state = with_token(ministack, {"beats": 4}, HeartbeatSeconds=1)
    assert output(ministack.run(only(state))) == {"said": "late"}


def test_a_state_that_takes_too_long_times_out(engine: Engine) -> None:
    state = call({"sleep": 3}, TimeoutSeconds=1, Catch=catch("States.Timeout"))
    assert output(engine.run(only(state)))["caught"] == "States.Timeout"


def test_waiting_for_a_turn_on_this_machine_is_not_running_too_long(ministack: Engine) -> None:
    slow = {**call({"sleep": 1}, TimeoutSeconds=2), "Parameters": {"FunctionName": "conformance-slow", "Payload": {"sleep": 1}}}
    executions = [ministack.start(only(slow)) for _ in range(6)]  # two at once: the last ones wait two seconds
    assert [ministack.wait(execution)["status"] for execution in executions] == ["SUCCEEDED"] * 6


def test_a_machine_that_takes_too_long_times_out(engine: Engine) -> None:
    started = time.monotonic()
    described = engine.run(only(call({"sleep": 4}), TimeoutSeconds=1))
    assert described["status"] == "TIMED_OUT"
    assert time.monotonic() - started < 3.5


def test_a_stopped_execution_is_aborted_and_does_not_go_on(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "calls"
    slow = call({"sleep": 1})
    del slow["End"]
    definition = {"StartAt": "Slow", "States": {"Slow": {**slow, "Next": "After"}, "After": call({"count_file": str(file)})}}
    execution = engine.start({"StartAt": "Both", "States": {"Both": {"Type": "Parallel", "Branches": [definition], "End": True}}})
    time.sleep(0.5)
    engine.client("stepfunctions").stop_execution(executionArn=execution)
    assert engine.wait(execution)["status"] == "ABORTED"
    time.sleep(1)
    assert not file.exists()
    assert engine.wait(execution)["status"] == "ABORTED"


def child_call(engine: Engine, child: Definition, **more: Any) -> dict[str, Any]:
    parameters = {"StateMachineArn": engine.create(child), "Name.$": "States.Format('child-{}', $.id)", "Input.$": "$"}
    return {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "Parameters": parameters, "ResultPath": "$.child", "End": True, **more}


def test_a_child_execution_is_awaited_and_its_output_is_json(ministack: Engine) -> None:
    # moto 5.2.5 ends with KeyError 'StateMachineArn'.
    state = child_call(ministack, only(call({"value.$": "$.id"})))
    assert output(ministack.run(only(state), {"id": "one"}))["child"]["Output"] == {"value": "one", "calls": 1}


def test_a_failed_child_execution_is_a_failed_task(ministack: Engine) -> None:
    state = child_call(ministack, only(call({"fail": "MediaRefused"})), Catch=catch("States.TaskFailed"))
    caught = output(ministack.run(only(state), {"id": "two"}))
    assert caught["caught"] == "States.TaskFailed"
    assert json.loads(caught["cause"])["Status"] == "FAILED"


@pytest.fixture(scope="session")
def cluster(ministack: Engine) -> str:
    ecs = ministack.client("ecs")
    ecs.create_cluster(clusterName="render")
    ecs.register_task_definition(
        family="fake",
        networkMode="awsvpc",
        containerDefinitions=[{"name": "renderer", "image": "registry/fake:1", "memory": 64, "environment": [{"name": "A", "value": "b"}]}],
    )
    return "render"


def run_task(cluster: str, *command: str, **more: Any) -> dict[str, Any]:
    overrides = {"ContainerOverrides": [{"Name": "renderer", "Command": list(command)}]}
    parameters = {"Cluster": cluster, "TaskDefinition": "fake", "LaunchType": "FARGATE", "Overrides": overrides}
    return {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync", "Parameters": parameters, "End": True, **more}


def test_a_container_that_ends_well_is_a_finished_task(ministack: Engine, cluster: str) -> None:
    task = output(ministack.run(only(run_task(cluster, "exit", "0"))))
    assert task["Containers"][0]["ExitCode"] == 0
    assert task["LastStatus"] == "STOPPED"


def test_a_container_that_ends_badly_is_a_failed_task(ministack: Engine, cluster: str) -> None:
    caught = output(ministack.run(only(run_task(cluster, "exit", "3", Catch=catch("States.TaskFailed")))))
    assert json.loads(caught["cause"])["Containers"][0]["ExitCode"] == 3


def test_an_unknown_image_is_a_failed_task(ministack: Engine, cluster: str) -> None:
    ministack.client("ecs").register_task_definition(family="stranger", containerDefinitions=[{"name": "renderer", "image": "stranger:1", "memory": 64}])
    state = run_task(cluster, "exit", "0", Catch=catch("States.TaskFailed"))
    state["Parameters"]["TaskDefinition"] = "stranger"
    assert "No local program is known" in output(ministack.run(only(state)))["cause"]


def wait_for(condition: Callable[[], Any], seconds: float = 8) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def start_sleeper(ministack: Engine, cluster: str, file: Path, definition: Callable[[dict[str, Any]], Definition]) -> tuple[str, list[int]]:
    execution = ministack.start(definition(run_task(cluster, "sleep", str(file))), {"id": file.parent.name})
    wait_for(lambda: file.exists() and len(file.read_text().split()) == 2)
    return execution, [int(pid) for pid in file.read_text().split()]


def test_stopping_an_execution_ends_the_render_and_its_children(ministack: Engine, cluster: str, tmp_path: Path) -> None:
    execution, pids = start_sleeper(ministack, cluster, tmp_path / "pids", only)
    assert all(is_alive(pid) for pid in pids)
    ministack.client("stepfunctions").stop_execution(executionArn=execution)
    wait_for(lambda: not any(is_alive(pid) for pid in pids))
    assert ministack.wait(execution)["status"] == "ABORTED"


def test_stopping_a_parent_ends_the_render_of_its_child(ministack: Engine, cluster: str, tmp_path: Path) -> None:
    execution, pids = start_sleeper(ministack, cluster, tmp_path / "pids", lambda state: only(child_call(ministack, only(state))))
    ministack.client("stepfunctions").stop_execution(executionArn=execution)
    wait_for(lambda: not any(is_alive(pid) for pid in pids))


def test_a_machine_that_times_out_ends_the_render(ministack: Engine, cluster: str, tmp_path: Path) -> None:
    execution, pids = start_sleeper(ministack, cluster, tmp_path / "pids", lambda state: only(state, TimeoutSeconds=2))
    assert ministack.wait(execution)["status"] == "TIMED_OUT"
    wait_for(lambda: not any(is_alive(pid) for pid in pids))


def test_a_state_that_times_out_ends_the_render(ministack: Engine, cluster: str, tmp_path: Path) -> None:
    def limited(state: dict[str, Any]) -> Definition:
        return only({**state, "TimeoutSeconds": 2, "Catch": catch("States.Timeout")})

    execution, pids = start_sleeper(ministack, cluster, tmp_path / "pids", limited)
    assert output(ministack.wait(execution))["caught"] == "States.Timeout"
    wait_for(lambda: not any(is_alive(pid) for pid in pids))


def test_a_batch_job_really_runs_and_its_exit_code_counts(ministack: Engine) -> None:
    batch = ministack.client("batch")
    batch.register_job_definition(jobDefinitionName="fake", type="container", containerProperties={"image": "registry/fake:1", "command": ["exit", "0"]})
    jobs = [
        batch.submit_job(jobName="j", jobQueue="q", jobDefinition="fake", containerOverrides=overrides)["jobId"]
        for overrides in ({}, {"command": ["exit", "3"]})
    ]
    described = wait_for(lambda: (found := batch.describe_jobs(jobs=jobs)["jobs"]) and all(job["status"] in {"SUCCEEDED", "FAILED"} for job in found) and found)
    assert [(job["status"], job["container"]["exitCode"]) for job in described] == [("SUCCEEDED", 0), ("FAILED", 3)]


def test_an_error_does_not_cost_the_worker_its_life(ministack: Engine) -> None:
    functions = ministack.client("lambda")
    for _ in range(3):
        answer = functions.invoke(FunctionName="conformance-slow", Payload=json.dumps({"fail": "MediaRefused", "why": "no"}))
        assert answer["FunctionError"]
        assert json.loads(answer["Payload"].read())["errorType"] == "MediaRefused"
    started = time.monotonic()
    functions.invoke(FunctionName="conformance-slow", Payload=json.dumps({"value": 1}))
    assert time.monotonic() - started < 0.5, "a cold start would take longer"


def test_the_conformance_runs_in_this_very_interpreter(ministack: Engine) -> None:
    assert ministack.endpoint.startswith("http://127.0.0.1:")
    assert os.environ.get("AWS_ENDPOINT_URL") != ministack.endpoint, "no test may depend on the caller's environment"
