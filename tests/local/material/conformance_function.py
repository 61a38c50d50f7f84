"""The Lambda function of the conformance suite: does what the event says."""

import json
import pathlib
import time

import boto3


class MediaRefused(Exception):
    pass


class ProviderUnavailable(Exception):
    pass


ERRORS = {"MediaRefused": MediaRefused, "ProviderUnavailable": ProviderUnavailable}


def handler(event, context):
    if "count_file" in event:
        with pathlib.Path(event["count_file"]).open("a") as file:
            file.write(f"{time.time()}\n")
    if "sleep" in event:
        time.sleep(event["sleep"])
    if "token" in event:
        answer_token(event)
    if "fail" in event and count(event) <= event.get("times", 1000):
        raise ERRORS[event["fail"]](event.get("why", "no"))
    return {"value": event.get("value"), "calls": count(event)}


def count(event):
    return len(pathlib.Path(event["count_file"]).read_text().splitlines()) if "count_file" in event else 1


def answer_token(event):
    states = boto3.client("stepfunctions", **event.get("client", {}))
    if event.get("answer") == "success":
        states.send_task_success(taskToken=event["token"], output=json.dumps({"said": "yes"}))
    if event.get("answer") == "failure":
        states.send_task_failure(taskToken=event["token"], error="MediaRefused", cause="told so")
    for _ in range(event.get("beats", 0)):
        time.sleep(0.4)
        states.send_task_heartbeat(taskToken=event["token"])
    if event.get("beats"):
        states.send_task_success(taskToken=event["token"], output=json.dumps({"said": "late"}))
