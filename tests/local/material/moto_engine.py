"""moto's Step Functions in a process of its own: each line on stdin is a boto3 call, each line on stdout its answer. Lambda functions run inside it."""

import base64
import importlib.util
import json
import os
import sys
import traceback

os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="secret", AWS_DEFAULT_REGION="us-east-1")
os.environ.pop("AWS_ENDPOINT_URL", None)

import boto3
import moto.awslambda.models
from moto import mock_aws

specification = importlib.util.spec_from_file_location("conformance_function", sys.argv[1])
function = importlib.util.module_from_spec(specification)
specification.loader.exec_module(function)


def invoke(self, event=None):
    try:
        return json.dumps(function.handler(event or {}, None)), False, ""
    except Exception as error:
        body = {"errorMessage": str(error), "errorType": type(error).__name__, "stackTrace": traceback.format_tb(error.__traceback__)}
        return json.dumps(body), True, ""


moto.awslambda.models.LambdaFunction._invoke_lambda = invoke
clients = {}
with mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
    for line in sys.stdin:
        wanted = json.loads(line, object_hook=lambda value: base64.b64decode(value["bytes"]) if set(value) == {"bytes"} else value)
        service = wanted["service"]
        client = clients.setdefault(service, boto3.client(service))
        try:
            answer = {"answer": getattr(client, wanted["method"])(**wanted["arguments"])}
        except Exception as error:
            answer = {"error": str(error)}
        print(json.dumps(answer, default=str), flush=True)
    os._exit(0)
