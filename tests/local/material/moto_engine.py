"""moto's Step Functions as a process: ``moto_engine.py PORT FUNCTION_FILE``. Lambda functions run inside it."""

import importlib.util
import json
import os
import sys
import traceback
import uuid

port, function_file = int(sys.argv[1]), sys.argv[2]
os.environ["MOTO_PORT"] = str(port)  # the interpreter calls back there; read when moto is imported

import moto.awslambda.models  # noqa: E402
from moto.core.config import default_user_config  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

specification = importlib.util.spec_from_file_location("conformance_function", function_file)
function = importlib.util.module_from_spec(specification)
specification.loader.exec_module(function)


def invoke(self, event=None):
    try:
        return json.dumps(function.handler(event or {}, None)), False, ""
    except Exception as error:
        body = {"errorMessage": str(error), "errorType": type(error).__name__, "stackTrace": traceback.format_tb(error.__traceback__)}
        return json.dumps(body), True, ""


moto.awslambda.models.LambdaFunction._invoke_lambda = invoke
default_user_config["stepfunctions"] = {"execute_state_machine": True}
server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
server.start()
print(uuid.uuid4(), flush=True)
sys.stdin.read()  # until the test's end closes it
os._exit(0)
