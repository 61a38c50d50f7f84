"""The two interpreters of storyboards, each as a process of its own, behind one small face."""

from __future__ import annotations

import base64
import contextlib
import io
import json
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from local.access_keys import make_access_key
from local.ministack_server import client_environment, environment_for

MATERIAL = Path(__file__).parent / "material"
ROOT = Path(__file__).resolve().parents[2]
ROLE_TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": ["lambda.amazonaws.com", "states.amazonaws.com"]}, "Action": "sts:AssumeRole"}],
}
ROLE_POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Engine:
    """An interpreter with one Lambda function in it."""

    name: str
    endpoint: str
    secret: str = "secret"
    access_key: str = ""
    wait_scale: float = 1.0
    clients: dict[str, Any] = field(default_factory=dict)
    role: str = ""
    function: str = ""

    def client(self, service: str) -> Any:
        if service not in self.clients:
            self.clients[service] = boto3.client(service, **self.client_arguments, config=Config(retries={"max_attempts": 0}, inject_host_prefix=False))
        return self.clients[service]

    @property
    def client_arguments(self) -> dict[str, str]:
        return {"endpoint_url": self.endpoint, "region_name": "us-east-1", "aws_access_key_id": self.access_key, "aws_secret_access_key": self.secret}

    def set_up(self) -> None:
        iam = self.client("iam")
        self.role = iam.create_role(RoleName="all", AssumeRolePolicyDocument=json.dumps(ROLE_TRUST))["Role"]["Arn"]
        iam.put_role_policy(RoleName="all", PolicyName="all", PolicyDocument=json.dumps(ROLE_POLICY))
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as zip_file:
            zip_file.write(MATERIAL / "conformance_function.py", "conformance_function.py")
        for name in ("api", "slow"):
            self.client("lambda").create_function(
                FunctionName=f"conformance-{name}",
                Runtime="python3.13",
                Role=self.role,
                Handler="conformance_function.handler",
                Timeout=20,
                Code={"ZipFile": archive.getvalue()},
            )
        self.function = "conformance-api"

    def create(self, definition: Mapping[str, Any]) -> str:
        text = json.dumps(definition).replace("${Function}", self.function)
        return str(self.client("stepfunctions").create_state_machine(name=f"m{uuid.uuid4().hex}", definition=text, roleArn=self.role)["stateMachineArn"])

    def start(self, definition: Mapping[str, Any], wanted: Any = None) -> str:
        name = uuid.uuid4().hex
        return str(
            self.client("stepfunctions").start_execution(stateMachineArn=self.create(definition), name=name, input=json.dumps(wanted or {}))["executionArn"]
        )

    def wait(self, execution: str, seconds: float = 30) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            described: dict[str, Any] = self.client("stepfunctions").describe_execution(executionArn=execution)
            if described["status"] != "RUNNING":
                return described
            time.sleep(0.05)
        raise AssertionError(f"{execution} did not end within {seconds} s")

    def run(self, definition: Mapping[str, Any], wanted: Any = None, seconds: float = 30) -> dict[str, Any]:
        return self.wait(self.start(definition, wanted), seconds)


@dataclass
class MotoEngine(Engine):
    """moto answers only inside its own process, so calls travel there line by line."""

    process: subprocess.Popen[str] | None = None

    def client(self, service: str) -> Any:
        return MotoClient(self, service)

    @property
    def client_arguments(self) -> dict[str, str]:
        return {}

    def ask(self, service: str, method: str, arguments: dict[str, Any]) -> Any:
        assert self.process
        assert self.process.stdin
        assert self.process.stdout
        wanted = {"service": service, "method": method, "arguments": arguments}
        self.process.stdin.write(json.dumps(wanted, default=lambda value: {"bytes": base64.b64encode(value).decode()}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "answer" in answer, answer
        return answer["answer"]


@dataclass
class MotoClient:
    engine: MotoEngine
    service: str

    def __getattr__(self, method: str) -> Any:
        return lambda **arguments: self.engine.ask(self.service, method, arguments)


@contextlib.contextmanager
def running_ministack(directory: Path, wait_scale: float = 1.0, programs: str = "") -> Iterator[tuple[Engine, subprocess.Popen[bytes]]]:
    """Our patched MiniStack on a free port."""
    (directory / "tmp").mkdir(exist_ok=True)
    port, access_key, secret = free_port(), make_access_key(), uuid.uuid4().hex
    environment = environment_for(directory, port, access_key, secret) | {"SFN_WAIT_SCALE": str(wait_scale), "REELWRIGHT_LOCAL_PROGRAMS": programs}
    process = subprocess.Popen([sys.executable, "-m", "local.ministack_server"], env=environment, cwd=ROOT)
    try:
        engine = Engine("ministack", client_environment(port, access_key, secret)["AWS_ENDPOINT_URL"], secret, access_key, wait_scale)
        wait_until_answering(f"{engine.endpoint}/_ministack/health", process)
        yield engine, process
    finally:
        process.terminate()
        process.wait(10)


@contextlib.contextmanager
def running_moto() -> Iterator[Engine]:
    command = [sys.executable, "-W", "ignore", str(MATERIAL / "moto_engine.py"), str(MATERIAL / "conformance_function.py")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield MotoEngine("moto", "", process=process)
    finally:
        assert process.stdin
        process.stdin.close()
        process.wait(10)


def wait_until_answering(url: str, process: subprocess.Popen[Any], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, "it ended at start"
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=1).close()
            return
        time.sleep(0.03)
    raise AssertionError(f"{url} does not answer")
