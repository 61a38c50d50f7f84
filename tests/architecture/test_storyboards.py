"""Storyboards, function files and error classes say the same words."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws
from statelint.config import Config
from statelint.linter import Linter

from reelwright.kit import errors
from reelwright.publishing.plan_wake import WAKE_STEP

REPOSITORY = Path(__file__).parents[2]
STEP_FOLDERS = ("media", "generation", "operations", "publishing")
# A deployment calls it once, before the first request; no storyboard does.
CALLED_BY_HAND = {("operations", "migrate_database"), ("publishing", "reseal_grants")}
CALLED_BY_TIMERS = {("publishing", WAKE_STEP.lower().replace(" ", "_"))}
STORYBOARDS = ("ingest_media", "generate_reel", "render_reel", "publish_post")
AWS_ERRORS = re.compile(r"(States|Lambda|ECS|StepFunctions)\.[A-Za-z]+")


def test_there_is_a_storyboard_for_ingesting_generating_rendering_and_publishing(storyboards) -> None:
    assert set(storyboards) == set(STORYBOARDS)


def test_every_state_says_what_it_is_for(storyboards, states) -> None:
    assert [name for name, machine in storyboards.items() if len(machine.get("Comment", "")) < 10] == []
    assert [f"{state.storyboard}: {state.name}" for state in states if len(state.body.get("Comment", "")) < 10] == []


def test_every_step_of_a_storyboard_has_a_file_of_its_name(states) -> None:
    tasks = [state for state in states if state.calls_lambda]
    assert len(tasks) > 10
    assert [f"{state.storyboard}: {state.name} wants {state.step_file}" for state in tasks if not state.step_file.exists()] == []


def test_a_state_passes_its_own_name_as_the_step(states) -> None:
    wrong = {state.name: state.body["Parameters"]["Payload"]["step"] for state in states if state.calls_lambda}
    assert {name: step for name, step in wrong.items() if name != step} == {}


def test_every_step_file_is_called_by_a_storyboard_a_rule_a_timer_or_by_hand(states) -> None:
    called = {(state.folder, state.step_file.stem) for state in states if state.calls_lambda} | CALLED_BY_HAND | CALLED_BY_TIMERS | steps_of_rules()
    there = {(folder, path.stem) for folder in STEP_FOLDERS for path in (REPOSITORY / "functions" / folder).glob("*.py") if path.stem != "__init__"}
    assert there - called == set()
    assert called - there == set()


def steps_of_rules() -> set[tuple[str, str]]:
    template = json.loads((REPOSITORY / "local" / "template" / "template.json").read_text())
    rules = [resource["Properties"] for resource in template["Resources"].values() if resource["Type"] == "AWS::Events::Rule"]
    targets = [target for rule in rules for target in rule["Targets"]]
    called = []
    for target in targets:
        function = template["Resources"][target["Arn"]["Fn::GetAtt"][0]]["Properties"]["FunctionName"].removeprefix("reelwright-")
        text = target.get("Input") or target["InputTransformer"]["InputTemplate"]
        called += [(function, step.lower().replace(" ", "_")) for step in re.findall(r'"step":"([^"]+)"', text)]
    assert len(called) == len(rules)
    return set(called)


def test_every_step_file_has_a_run_that_takes_the_event_and_the_world() -> None:
    for folder in STEP_FOLDERS:
        for path in (REPOSITORY / "functions" / folder).glob("*.py"):
            if path.stem != "__init__":
                runs = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef) and node.name == "run"]
                assert [[argument.arg for argument in run.args.args] for run in runs] == [["event", "world"]], path


def test_every_caught_or_retried_name_is_an_error_of_ours_or_of_aws(states) -> None:
    ours = {name for name in vars(errors) if isinstance(getattr(errors, name), type) and issubclass(getattr(errors, name), errors.ReelwrightError)}
    unknown = {(state.name, name) for state in states for name in state.named_errors if name not in ours and not AWS_ERRORS.fullmatch(name)}
    assert unknown == set()


def test_every_step_that_may_fail_is_caught_or_is_itself_the_compensation(states) -> None:
    targets = {catch["Next"] for state in states for catch in state.body.get("Catch", [])}
    in_branches = {name for state in states for branch in state.body.get("Branches", []) for name in branch["States"]}
    lonely = [
        state.name
        for state in states
        if state.calls_lambda
        and "Catch" not in state.body
        and state.name not in targets
        and state.name not in in_branches
        and not follows(state, targets, states)
    ]
    assert lonely == []


def follows(state: Any, targets: set[str], states: list[Any]) -> bool:
    """True when only compensations lead here: their own failure is what the reconciler looks for."""
    before = [other.name for other in states if state.name in (other.body.get("Next"), other.body.get("Default"))]
    return bool(before) and all(name in targets for name in before)


def test_the_irreversible_step_is_repeated_by_nothing_and_every_error_of_it_leads_on(states) -> None:
    (commit,) = [state for state in states if state.name == "Commit Post"]
    assert "Retry" not in commit.body
    certain, rest = commit.body["Catch"]
    assert rest == {"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Look At Account"}
    assert certain["Next"] == "Record Post Failure"
    assert "OutcomeUnknown" not in certain["ErrorEquals"]
    repeated = {name for state in states if state.storyboard == "publish_post" for retrier in state.body.get("Retry", []) for name in retrier["ErrorEquals"]}
    assert {name for name in repeated if "." not in name} == {"PlatformUnavailable"}


def test_a_started_thing_ends_some_time(storyboards, states) -> None:
    assert [name for name, machine in storyboards.items() if "TimeoutSeconds" not in machine] == []
    assert [state.name for state in states if state.body["Type"] == "Task" and "TimeoutSeconds" not in state.body] == []


def test_paths_use_no_filter_which_the_emulator_answers_with_nothing(storyboards) -> None:
    assert [name for name, machine in storyboards.items() if "?(" in json.dumps(machine) or "QueryLanguage" in json.dumps(machine)] == []


@pytest.mark.parametrize("name", STORYBOARDS)
def test_statelint_accepts_the_storyboard(name: str) -> None:
    assert Linter.validate(str(REPOSITORY / "state_machines" / f"{name}.asl.json"), Config([], False, False)) == []


@mock_aws(config={"stepfunctions": {"execute_state_machine": True}})
@pytest.mark.parametrize("name", STORYBOARDS)
def test_a_second_and_stricter_parser_accepts_the_storyboard(name: str) -> None:
    client = boto3.client("stepfunctions", region_name="us-east-1", aws_access_key_id="none", aws_secret_access_key="none")
    definition = with_names_filled_in((REPOSITORY / "state_machines" / f"{name}.asl.json").read_text())
    made = client.create_state_machine(name=name.replace("_", "-"), definition=definition, roleArn="arn:aws:iam::123456789012:role/storyboard")
    assert made["stateMachineArn"].endswith(name.replace("_", "-"))


def test_the_stricter_parser_refuses_a_misspelt_field() -> None:
    definition = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Wait", "Secnods": 1, "End": True}}})
    with mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
        client = boto3.client("stepfunctions", region_name="us-east-1", aws_access_key_id="none", aws_secret_access_key="none")
        with pytest.raises(client.exceptions.ClientError):
            client.create_state_machine(name="bad", definition=definition, roleArn="arn:aws:iam::123456789012:role/storyboard")


def with_names_filled_in(definition: str) -> str:
    filled = re.sub(r"\$\{(\w+)Function\}", r"arn:aws:lambda:us-east-1:123456789012:function:\1", definition)
    return re.sub(r"\$\{(\w+)\}", r"arn:aws:states:us-east-1:123456789012:stateMachine:\1", filled)
