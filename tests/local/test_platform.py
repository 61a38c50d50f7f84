"""The whole local platform: loopback only, mends itself, loses nothing, leaves nothing."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pg8000.native
import pytest
import requests
from botocore.config import Config

from local.data_directory import DataDirectory, PlatformRefused
from local.deploy import database_secret
from local.doctor import examine
from local.orphans import list_children
from local.platform import Platform, find_running, running_platform, start_platform
from local.ports import DEFAULT_PORT, choose_port, free_port

_LISTENS = "0A"


def wait_for(condition: Callable[[], Any], seconds: float = 30) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if found := condition():
                return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def tree_of(pid: int) -> list[int]:
    children = list_children(pid)
    return [pid, *(entry for child in children for entry in tree_of(child))]


def commands_of(pids: list[int]) -> dict[int, str]:
    found = {}
    for pid in pids:
        with contextlib.suppress(OSError):
            found[pid] = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


def find_child(platform: Platform, word: str) -> int:
    return wait_for(lambda: next((pid for pid, command in commands_of(list_children(platform.pid)).items() if word in command), None))


def listening_addresses(pids: list[int]) -> set[str]:
    """The local addresses, as in /proc/net/tcp, on which any of the processes listens."""
    inodes = set()
    for pid in pids:
        with contextlib.suppress(OSError):
            for descriptor in Path(f"/proc/{pid}/fd").iterdir():
                with contextlib.suppress(OSError):
                    inodes.add(descriptor.readlink().name.removeprefix("socket:[").removesuffix("]"))
    addresses = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[9] in inodes and (fields[3] == _LISTENS or table.startswith("udp")):
                addresses.add(fields[1].partition(":")[0])
    return addresses


@contextlib.contextmanager
def data_directory() -> Iterator[Path]:
    """One that the database's user can enter, as pytest's own cannot be."""
    with tempfile.TemporaryDirectory(prefix="reelwright-") as name:
        Path(name).chmod(0o711)
        yield Path(name) / "data"


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    with data_directory() as directory, running_platform(directory, 0) as started:
        yield started


def s3_of(platform: Platform) -> Any:
    access = platform.admin_environment
    return boto3.client(
        "s3",
        endpoint_url=access["AWS_ENDPOINT_URL"],
        region_name="us-east-1",
        aws_access_key_id=access["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=access["AWS_SECRET_ACCESS_KEY"],
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )


def query(platform: Platform, sql: str, **values: Any) -> Any:
    secret = database_secret(platform.admin_environment["REELWRIGHT_DATABASE_URL"])
    connection = pg8000.native.Connection(secret["username"], secret["host"], secret["dbname"], int(secret["port"]), secret["password"])
    try:
        return connection.run(sql, **values)
    finally:
        connection.close()


def register(platform: Platform) -> dict[str, Any]:
    wanted = {"email": f"{os.urandom(6).hex()}@example.com", "password": "correct horse battery staple", "name": "A creator"}
    answer = requests.post(f"{platform.url}/v1/auth/register", json=wanted, timeout=30)
    assert answer.status_code == 201, answer.text
    return {**answer.json(), "email": wanted["email"]}


def test_every_socket_listens_on_loopback_only(platform: Platform) -> None:
    register(platform)
    addresses = listening_addresses(tree_of(platform.pid))
    assert addresses == {"0100007F"}


def test_the_platform_is_found_by_its_data_directory(platform: Platform) -> None:
    found = find_running(platform.data_directory)
    assert found is not None
    assert (found.url, found.pid, found.settings) == (platform.url, platform.pid, platform.settings)
    found.stop()  # another's platform goes on
    assert requests.get(f"{platform.url}/v1/health", timeout=10).status_code == 200
    assert find_running(platform.data_directory / "elsewhere") is None


def test_what_others_could_misuse_is_readable_by_its_owner_alone(platform: Platform) -> None:
    directory = platform.data_directory
    for path in (
        directory / "platform.json",
        directory / "token-key.json",
        directory / "access-key.json",
        directory / "route.json",
        directory / "postgres.password",
    ):
        assert path.stat().st_mode & 0o077 == 0, path
    for name in ("s3", "logs", "tmp", "work"):
        assert (directory / name).stat().st_mode & 0o077 == 0, name


def test_the_key_in_a_signed_address_opens_nothing_else(platform: Platform) -> None:
    bearer = {"Authorization": f"Bearer {register(platform)['access_token']}"}
    wanted = {"file_name": "a.jpg", "content_type": "image/jpeg", "size_bytes": 4}
    upload = requests.post(f"{platform.url}/v1/media/uploads", json=wanted, headers=bearer, timeout=30).json()["upload"]
    signed = parse_qs(urlsplit(upload["url"]).query)
    key, token = signed["X-Amz-Credential"][0].partition("/")[0], signed["X-Amz-Security-Token"][0]
    endpoint = platform.admin_environment["AWS_ENDPOINT_URL"]
    assert key != platform.admin_environment["AWS_ACCESS_KEY_ID"]
    body = json.dumps({"SecretId": platform.settings["DatabaseSecretArn"]})
    date = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    for service, target in (("s3", {}), ("secretsmanager", {"X-Amz-Target": "secretsmanager.GetSecretValue", "Content-Type": "application/x-amz-json-1.1"})):
        credential = f"{key}/{date[:8]}/us-east-1/{service}/aws4_request"
        authorization = f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host;x-amz-date, Signature={'0' * 64}"
        in_header = {"Authorization": authorization, "X-Amz-Date": date, "X-Amz-Security-Token": token, **target}
        in_query = {**{name: values[0] for name, values in signed.items()}, "X-Amz-Credential": credential}
        method, data = ("POST", body) if target else ("GET", None)
        assert requests.request(method, endpoint, headers=in_header, data=data, timeout=10).status_code in {400, 403}
        assert requests.request(method, endpoint, headers=target, params=in_query, data=data, timeout=10).status_code in {400, 403}
        assert requests.request(method, endpoint, headers=target, params={"X-Amz-Credential": credential}, data=data, timeout=10).status_code in {400, 403}


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer forged"}, {"Authorization": "Basic bWF5YTo="}])
def test_a_request_of_nobody_is_answered_by_a_problem_document(platform: Platform, headers: dict[str, str]) -> None:
    answer = requests.get(f"{platform.url}/v1/media", headers=headers, timeout=30)
    problem = answer.json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert (problem["type"], problem["status"], problem["title"]) == ("not-signed-in", 401, "Sign in first")
    assert problem["detail"]
    assert problem["request_id"] == answer.headers["X-Request-Id"]


def test_a_monitor_may_ask_without_an_account(platform: Platform) -> None:
    answer, head = requests.get(f"{platform.url}/v1/health", timeout=30), requests.head(f"{platform.url}/v1/health", timeout=30)
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert (head.status_code, head.content) == (200, b"")
    nowhere = requests.get(f"{platform.url}/v1/health/", timeout=30)
    assert (nowhere.status_code, nowhere.json()["type"]) == (404, "not-found")


def test_a_second_platform_on_the_same_directory_is_refused(platform: Platform) -> None:
    with pytest.raises(PlatformRefused, match="runs already"):
        start_platform(platform.data_directory, 0)


def test_a_port_in_use_is_refused_in_words() -> None:
    with data_directory() as directory, socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PlatformRefused, match=f"Port {port} is in use by another program"):
            start_platform(directory, port)
        assert not (directory / "platform.json").exists()


def test_a_directory_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(PlatformRefused, match="cannot be written"):
        start_platform(file / "data", 0)


def test_a_full_disk_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(PlatformRefused, match="are needed"):
        DataDirectory(tmp_path).make(needed_free_bytes=10**18)


def test_the_port_of_the_last_start_is_kept(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path)
    assert directory.read_port() is None
    port = free_port()
    directory.keep_port(port)
    assert choose_port(directory, None) == choose_port(directory, 0) == port
    assert DEFAULT_PORT == 8787


def sign_in(platform: Platform, creator: dict[str, Any]) -> int:
    return requests.get(f"{platform.url}/v1/me", headers={"Authorization": f"Bearer {creator['access_token']}"}, timeout=30).status_code


def test_a_killed_ministack_comes_back_with_files_and_rows(platform: Platform) -> None:
    creator = register(platform)
    s3_of(platform).put_object(Bucket=platform.settings["MediaBucketName"], Key="media/kept", Body=b"kept")
    download = s3_of(platform).generate_presigned_url("get_object", Params={"Bucket": "reelwright-media", "Key": "media/kept"})
    assert requests.get(download, timeout=10).content == b"kept"
    bearer = {"Authorization": f"Bearer {creator['access_token']}"}
    wanted = {"file_name": "a.jpg", "content_type": "image/jpeg", "size_bytes": 4}
    upload = requests.post(f"{platform.url}/v1/media/uploads", json=wanted, headers=bearer, timeout=30).json()["upload"]
    old = find_child(platform, "ministack_server")
    workers = tree_of(old)[1:]
    assert workers, "the API has a worker"
    os.kill(old, signal.SIGKILL)
    wait_for(lambda: not any(is_alive(pid) for pid in workers))
    wait_for(lambda: requests.get(f"{platform.url}/v1/health", timeout=10).status_code == 200)
    assert find_child(platform, "ministack_server") != old
    assert s3_of(platform).get_object(Bucket="reelwright-media", Key="media/kept")["Body"].read() == b"kept"
    assert query(platform, "SELECT count(*) FROM creators WHERE email = :email", email=creator["email"]) == [[1]]
    assert sign_in(platform, creator) == 200
    assert requests.put(upload["url"], data=b"\xff\xd8\xff\xe0", headers=upload["headers"], timeout=30).status_code == 200, (
        "an address given before still works"
    )


def test_a_killed_database_and_a_killed_front_come_back(platform: Platform) -> None:
    creator = register(platform)
    os.kill(find_child(platform, "bin/postgres"), signal.SIGKILL)
    os.kill(find_child(platform, "local.front"), signal.SIGKILL)
    wait_for(lambda: sign_in(platform, creator) == 200)


def test_the_functions_know_the_stand_ins_which_come_back_at_their_address_with_what_they_knew(platform: Platform) -> None:
    headers = {"Authorization": f"Bearer {register(platform)['access_token']}", "Idempotency-Key": os.urandom(8).hex()}
    asked = requests.post(f"{platform.url}/v1/social-accounts/connect", json={"platform": "tiktok"}, headers=headers, timeout=30)
    address = asked.json()["authorize_url"]
    assert address.startswith(f"{platform.sandbox_url}/tiktok-www/")
    allowed = requests.get(f"{address}&auto=allow", allow_redirects=False, timeout=10)
    assert allowed.headers["location"].startswith(platform.url)
    requests.post(f"{platform.sandbox_url}/_control/settings", json={"processing_seconds": 7}, timeout=10)
    os.kill(find_child(platform, "local.sandbox"), signal.SIGKILL)
    settings = f"{platform.sandbox_url}/_control/settings"
    wait_for(lambda: requests.get(settings, timeout=10).json()["processing_seconds"] == 7)
    found = next(finding for finding in examine(platform.data_directory) if finding.name == "stand-ins")
    assert found.is_fine
    assert platform.sandbox_url in found.sentence


def start_in_a_process(directory: Path) -> tuple[subprocess.Popen[str], dict[str, Any]]:
    """A caller that starts the platform and then does nothing."""
    code = "import json, sys, time, pathlib; from local.platform import start_platform; p = start_platform(pathlib.Path(sys.argv[1]), 0)\n"
    code += "print(json.dumps({'pid': p.pid, 'url': p.url}), flush=True); time.sleep(600)"
    caller = subprocess.Popen([sys.executable, "-c", code, str(directory)], stdout=subprocess.PIPE, text=True)
    assert caller.stdout
    return caller, json.loads(caller.stdout.readline())


def test_everything_ends_with_the_caller_and_nothing_is_left() -> None:
    with data_directory() as directory:
        caller, started = start_in_a_process(directory)
        requests.get(f"{started['url']}/v1/media", timeout=30)
        pids = tree_of(started["pid"])
        assert len(pids) > 8
        caller.kill()
        caller.wait()
        wait_for(lambda: not any(is_alive(pid) for pid in pids))
        assert [path for name in ("tmp", "work") for path in (directory / name).iterdir()] == []
        assert not (directory / "platform.json").exists()
        assert find_running(directory) is None


def test_after_a_kill_of_the_whole_tree_no_process_is_left_and_the_next_start_works() -> None:
    with data_directory() as directory:
        caller, started = start_in_a_process(directory)
        creator = requests.post(
            f"{started['url']}/v1/auth/register", json={"email": "a@example.com", "password": "correct horse battery staple", "name": "A"}, timeout=30
        ).json()
        pids = tree_of(started["pid"])
        for pid in (caller.pid, started["pid"]):
            os.kill(pid, signal.SIGKILL)
        caller.wait()
        wait_for(lambda: not any(is_alive(pid) for pid in pids))
        with running_platform(directory) as again:
            assert again.url == started["url"]
            assert requests.get(f"{again.url}/v1/me", headers={"Authorization": f"Bearer {creator['access_token']}"}, timeout=30).status_code == 200
