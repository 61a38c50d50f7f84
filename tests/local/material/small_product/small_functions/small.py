"""The only function of the small stack: an API route, a rule's target and a storyboard's step."""

import json
import os

import boto3


def handler(event, context):
    if "requestContext" in event:
        seen = {"path": event["rawPath"], "host": event["headers"].get("host"), "method": event["requestContext"]["http"]["method"], "body": event.get("body")}
        return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps(seen)}
    if event.get("step") == "accept":
        boto3.client("stepfunctions").start_execution(
            stateMachineArn=os.environ["MACHINE"], name=event["key"].replace("/", "-"), input=json.dumps({"key": event["key"]})
        )
    if event.get("step") == "note":
        client = boto3.client("s3")
        size = client.head_object(Bucket=os.environ["BUCKET"], Key=event["key"])["ContentLength"]
        client.put_object(Bucket=os.environ["BUCKET"], Key=f"notes/{event['key']}", Body=json.dumps({"size": size}).encode())
    return {}
