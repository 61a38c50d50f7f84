"""The deployer and the front on a small hand-written stack: file → event → function → storyboard → function."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError
from engines import Engine, running_ministack

from local.deploy import Deployer, Deployment, DeploymentFailed, database_secret
from local.ports import free_port

SMALL = Path(__file__).parent / "material" / "small_product"


def deployer_for(engine: Engine, cache: Path) -> Deployer:
    access = {"AWS_ENDPOINT_URL": engine.endpoint, "AWS_ACCESS_KEY_ID": engine.access_key, "AWS_SECRET_ACCESS_KEY": engine.secret}
    return Deployer(access, cache, SMALL / "template", SMALL)


def deploy(engine: Engine, cache: Path) -> Deployment:
    deployer = deployer_for(engine, cache)
    deployment = deployer.deploy(deployer.build_assets(), {"PublicUrl": "http://127.0.0.1:1", "Unknown": "is left out"})
    deployer.put_secrets(deployment, "postgresql+pg8000://me:p%40ss@127.0.0.1:5/db", "private", "public")
    return deployment


@pytest.fixture(scope="module")
def stack(ministack: Engine, tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    return deploy(ministack, tmp_path_factory.mktemp("assets"))


def wait_for(read: Callable[[], Any], seconds: float = 15) -> Any:
    deadline = time.monotonic() + seconds
    while True:
        try:
            return read()
        except ClientError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def test_an_upload_goes_all_the_way(ministack: Engine, stack: Deployment) -> None:
    ministack.client("s3").put_object(Bucket="small-media", Key="uploads/a", Body=b"12345")
    note = wait_for(lambda: ministack.client("s3").get_object(Bucket="small-media", Key="notes/uploads/a"))
    assert json.loads(note["Body"].read()) == {"size": 5}


def test_secrets_hold_our_values(ministack: Engine, stack: Deployment) -> None:
    secret = ministack.client("secretsmanager").get_secret_value(SecretId=stack.outputs["DatabaseSecretArn"])["SecretString"]
    assert json.loads(secret) == {"username": "me", "password": "p@ss", "host": "127.0.0.1", "port": "5", "dbname": "db"}


def test_a_stack_that_cannot_be_made_says_why(ministack: Engine, stack: Deployment, tmp_path: Path) -> None:
    folder = tmp_path / "template"
    folder.mkdir()
    broken = {"Resources": {"F": {"Type": "AWS::Made::Up", "Properties": {}}}}
    (folder / "template.json").write_text(json.dumps(broken))
    (folder / "assets.json").write_text("{}")
    access = {"AWS_ENDPOINT_URL": ministack.endpoint, "AWS_ACCESS_KEY_ID": ministack.access_key, "AWS_SECRET_ACCESS_KEY": ministack.secret}
    deployer = Deployer(access, tmp_path, folder, SMALL, stack_name="Broken")
    with pytest.raises(DeploymentFailed, match="AWS::Made::Up"):
        deployer.deploy({}, {})


def test_assets_are_packed_once_with_bytecode(tmp_path: Path, ministack: Engine) -> None:
    deployer = deployer_for(ministack, tmp_path)
    first = deployer.build_assets()["small.zip"]
    kept = [*tmp_path.iterdir()]
    assert len(kept) == 1
    assert f"small_functions/__pycache__/small.{sys.implementation.cache_tag}.pyc".encode() in first
    assert deployer.build_assets()["small.zip"] == first
    assert [*tmp_path.iterdir()] == kept


def test_the_secret_of_an_address_has_the_shape_of_rds() -> None:
    assert database_secret("postgresql+pg8000://u:p@h:1/d") == {"username": "u", "password": "p", "host": "h", "port": "1", "dbname": "d"}


def test_files_outlive_a_killed_ministack_and_the_stack_takes_them_over(tmp_path: Path) -> None:
    with running_ministack(tmp_path) as (engine, process):
        deploy(engine, tmp_path)
        engine.client("s3").put_object(Bucket="small-media", Key="kept/ö b.txt", Body=b"kept", ContentType="text/plain")
        process.kill()
        process.wait()
    half = tmp_path / "s3" / "000000000000" / "small-media" / "kept" / "half.tmp"
    half.write_bytes(b"ha")
    with running_ministack(tmp_path) as (engine, _):
        deploy(engine, tmp_path)
        kept = engine.client("s3").get_object(Bucket="small-media", Key="kept/ö b.txt")
        assert (kept["Body"].read(), kept["ContentType"]) == (b"kept", "text/plain")
        assert not half.exists()
        engine.client("s3").put_object(Bucket="small-media", Key="uploads/b", Body=b"1")
        wait_for(lambda: engine.client("s3").get_object(Bucket="small-media", Key="notes/uploads/b"))


class FrontServer:
    def __init__(self, url: str, port: int, signer: Any) -> None:
        self.url, self.port, self._signer = url, port, signer

    def sign(self, method: str, key: str, seconds: int = 60, **more: Any) -> str:
        return str(self._signer.generate_presigned_url(method, Params={"Bucket": "small-media", "Key": key, **more}, ExpiresIn=seconds))


@pytest.fixture(scope="module")
def front(ministack: Engine, stack: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontServer]:
    port = free_port()
    route_file = tmp_path_factory.mktemp("front") / "route.json"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    process = subprocess.Popen([sys.executable, "-m", "local.front", str(port), str(route_file)], env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(url, process)
        assert requests.get(f"{url}/v1/x", timeout=5).headers["Retry-After"] == "1"
        route_file.write_text(json.dumps({"port": urlsplit(ministack.endpoint).port, "api_id": stack.api_id, "bucket": "small-media"}))
        signer = boto3.client(
            "s3", **{**ministack.client_arguments, "endpoint_url": url}, config=Config(signature_version="s3v4", s3={"addressing_style": "path"})
        )
        yield FrontServer(url, port, signer)
    finally:
        process.terminate()
        process.wait(5)


def wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    """Any answer will do."""
    for _ in range(200):
        assert process.poll() is None
        try:
            requests.get(url, timeout=1)
        except requests.ConnectionError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError("the front does not answer")


def test_the_api_is_reached_through_the_front(front: FrontServer) -> None:
    answer = requests.post(f"{front.url}/v1/some/thing?a=1", data="héllo".encode(), timeout=10)
    seen = answer.json()
    assert (answer.status_code, seen["path"], seen["method"]) == (200, "/v1/some/thing", "POST")


def test_no_header_turns_an_api_request_into_another_service(front: FrontServer) -> None:
    headers = {"X-Amz-Target": "DynamoDB_20120810.ListTables", "Authorization": "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request"}
    assert requests.get(f"{front.url}/v1/x", headers=headers, timeout=10).json()["path"] == "/v1/x"


@pytest.mark.parametrize(
    "path", ["/", "/_ministack/reset", "/_ministack/health", "/reelwright-assets/small.zip", "/small-media", "/v2/x", "/_aws/execute-api/x/y"]
)
def test_nothing_else_is_reached_through_the_front(front: FrontServer, path: str) -> None:
    answer = requests.post(f"{front.url}{path}", timeout=10)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_a_path_that_climbs_is_refused(front: FrontServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", front.port)
    connection.request("GET", "/small-media/%2e%2e/reelwright-assets/small.zip?X-Amz-Signature=x")
    assert connection.getresponse().status == 400
    connection.close()


def test_a_signed_upload_and_download_work_and_stream(front: FrontServer) -> None:
    body = os.urandom(3_000_000)
    key = "media/it's “ö” + b.bin"
    address = front.sign("put_object", key, ContentType="image/jpeg", ContentLength=len(body))
    assert requests.put(address, data=body, headers={"Content-Type": "image/jpeg"}, timeout=20).status_code == 200
    download = requests.get(front.sign("get_object", key, ResponseContentDisposition='attachment; filename="b.bin"'), timeout=20)
    assert download.content == body
    assert download.headers["Content-Type"] == "image/jpeg"
    assert "attachment" in download.headers["Content-Disposition"]
    part = requests.get(front.sign("get_object", key), headers={"Range": "bytes=10-19"}, timeout=20)
    assert (part.status_code, part.content) == (206, body[10:20])


def test_an_upload_that_waits_for_a_go_ahead_gets_one(front: FrontServer) -> None:
    address, body = urllib.parse.urlsplit(front.sign("put_object", "media/curl")), b"x" * 2_000_000
    head = f"PUT {address.path}?{address.query} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
    with socket.create_connection((str(address.hostname), int(address.port or 80)), timeout=20) as line:
        line.sendall(head.encode())
        assert line.recv(4096).startswith(b"HTTP/1.1 100")
        line.sendall(body)
        assert line.recv(4096).startswith(b"HTTP/1.1 200")


def test_a_signed_address_ends_with_its_time(front: FrontServer) -> None:
    address = front.sign("get_object", "media/curl", seconds=1)
    time.sleep(2.1)
    assert requests.get(address, timeout=10).status_code == 403


def test_a_changed_signature_key_or_type_is_refused(front: FrontServer) -> None:
    address = front.sign("get_object", "media/curl")
    assert requests.get(address[:-4] + "0000", timeout=10).status_code == 403
    assert requests.get(address.replace("media/curl", "media/other"), timeout=10).status_code == 403
    put = front.sign("put_object", "media/typed", ContentType="image/png")
    assert requests.put(put, data=b"x", headers={"Content-Type": "text/html"}, timeout=10).status_code == 403


def test_a_file_without_a_signature_is_refused(front: FrontServer) -> None:
    assert requests.get(f"{front.url}/small-media/media/curl", timeout=10).status_code == 403
    assert requests.delete(front.sign("delete_object", "media/curl"), timeout=10).status_code == 405


@pytest.mark.parametrize("path", ["/v1/x", "/small-media/x?X-Amz-Signature=x"])
@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}])
def test_another_page_is_refused(front: FrontServer, path: str, headers: dict[str, str]) -> None:
    answer = requests.get(f"{front.url}{path}", headers=headers, timeout=10)
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_our_own_page_is_served_and_nobody_is_told_that_all_may_read(front: FrontServer) -> None:
    answer = requests.get(f"{front.url}/v1/x", headers={"Origin": front.url}, timeout=10)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, front.url)
    asked = requests.options(f"{front.url}/v1/x", headers={"Origin": front.url, "Access-Control-Request-Method": "POST"}, timeout=10)
    assert (asked.status_code, asked.headers["Access-Control-Allow-Origin"]) == (204, front.url)
    assert "Access-Control-Allow-Origin" not in requests.get(f"{front.url}/v1/x", timeout=10).headers


def test_a_body_over_the_limit_is_refused(front: FrontServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", front.port, timeout=10)
    connection.putrequest("POST", "/v1/x")
    connection.putheader("Content-Length", "11000000")
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_one_connection_serves_many_requests(front: FrontServer) -> None:
    with requests.Session() as session:
        started = time.monotonic()
        for number in range(5):
            assert session.get(f"{front.url}/v1/{number}", timeout=10).json()["path"] == f"/v1/{number}"
        assert time.monotonic() - started < 5


def test_ministack_itself_refuses_every_web_page(ministack: Engine) -> None:
    for headers in ({"Origin": "http://127.0.0.1:3000"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}):
        assert requests.post(f"{ministack.endpoint}/_ministack/reset", headers=headers, timeout=5).status_code == 403


@pytest.mark.parametrize("path", ["/_ministack/reset", "/_ministack/config", "/_localstack/state/reset", "//_ministack/reset", "/_aws/execute-api/x/y"])
def test_ministack_is_administered_by_nobody(ministack: Engine, stack: Deployment, path: str) -> None:
    authorization = {"Authorization": f"AWS4-HMAC-SHA256 Credential={ministack.access_key}/20260101/us-east-1/s3/aws4_request"}
    for host in (None, f"{stack.api_id}.execute-api.localhost"):
        headers = authorization | ({"Host": host} if host else {})
        assert requests.post(f"{ministack.endpoint}{path}", headers=headers, timeout=5).status_code == 403
    assert ministack.client("s3").list_buckets()["Buckets"]


def bogus(access_key: str, service: str) -> dict[str, str]:
    credential = f"{access_key}/20260101/us-east-1/{service}/aws4_request"
    return {"Authorization": f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=00", "X-Amz-Date": "20260101T000000Z"}


def read_secret(ministack: Engine, stack: Deployment, headers: dict[str, str]) -> requests.Response:
    asked = {"X-Amz-Target": "secretsmanager.GetSecretValue", "Content-Type": "application/x-amz-json-1.1"}
    body = json.dumps({"SecretId": stack.outputs["DatabaseSecretArn"]})
    return requests.post(ministack.endpoint, data=body, headers=asked | headers, timeout=5)


@pytest.mark.parametrize("access_key", ["test", "000000000000", "", "reelwright", "ASIA0000000000000000"])
def test_a_made_up_access_key_reaches_no_service(ministack: Engine, stack: Deployment, access_key: str) -> None:
    assert requests.get(ministack.endpoint, headers=bogus(access_key, "s3"), timeout=5).status_code == 403
    assert requests.get(f"{ministack.endpoint}/?X-Amz-Credential={access_key}/a/us-east-1/s3/aws4_request", timeout=5).status_code == 403
    assert read_secret(ministack, stack, bogus(access_key, "secretsmanager")).status_code == 403


def test_no_access_key_or_one_beside_the_real_one_is_refused(ministack: Engine, stack: Deployment) -> None:
    assert requests.get(ministack.endpoint, timeout=5).status_code == 403
    assert read_secret(ministack, stack, {}).status_code == 403
    assert read_secret(ministack, stack, {"Host": f"{stack.api_id}.execute-api.localhost"}).status_code == 403
    both = f"{ministack.endpoint}/?AWSAccessKeyId=test"
    assert requests.get(both, headers=bogus(ministack.access_key, "s3"), timeout=5).status_code == 403


@pytest.mark.parametrize("scheme", ["Bearer", "AWS4-ECDSA-P256-SHA256", "Basic"])
def test_a_known_key_that_is_not_signed_with_is_refused(ministack: Engine, scheme: str) -> None:
    credential = f"{ministack.access_key}/20260101/us-east-1/s3/aws4_request"
    assert requests.get(ministack.endpoint, headers={"Authorization": f"{scheme} Credential={credential}"}, timeout=5).status_code == 403
    assert requests.get(ministack.endpoint, params={"X-Amz-Credential": credential}, timeout=5).status_code == 403


@pytest.mark.parametrize("target", ["//[", "//elsewhere/v1/x", "http://[/v1/x"])
def test_a_target_that_cannot_be_read_is_answered(front: FrontServer, target: str) -> None:
    with socket.create_connection(("127.0.0.1", front.port), timeout=10) as line:
        line.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        assert line.recv(4096).startswith(b"HTTP/1.1 400")


def test_a_host_that_cannot_be_read_is_answered(front: FrontServer) -> None:
    assert requests.get(f"{front.url}/v1/x", headers={"Host": "["}, timeout=10).status_code == 403
