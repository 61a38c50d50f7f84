"""Envelopes: sealed for one place, opened there only, by whichever key it was sealed; the key file is private and whole."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from functions.bootstrap import World
from reelwright.kit.envelope import Envelope, reseal
from reelwright.kit.errors import SealBroken, Unavailable
from reelwright.kit.key_file_envelope import KeyFileEnvelope, make_key_file, read_keys, rotate_key_file
from reelwright.kit.kms_envelope import KmsEnvelope
from reelwright.kit.settings import Settings

SECRET = b'{"access_token": "act.12345"}'
CONTEXT = "account_01jdc5w0fk7q2m3n4p5r6s7t8v"


@pytest.fixture
def kms() -> Iterator[Any]:
    with mock_aws():
        yield boto3.client("kms", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")


def kms_envelope(client: Any) -> KmsEnvelope:
    return KmsEnvelope(client, client.create_key()["KeyMetadata"]["Arn"])


@pytest.fixture(params=["KMS", "key file"])
def envelope(request: pytest.FixtureRequest, tmp_path: Path, kms: Any) -> Envelope:
    if request.param == "KMS":
        return kms_envelope(kms)
    make_key_file(tmp_path / "keys.json")
    return KeyFileEnvelope(tmp_path / "keys.json")


def test_what_is_sealed_is_opened_for_its_context_only(envelope: Envelope) -> None:
    sealed = envelope.seal(SECRET, CONTEXT)
    assert SECRET not in sealed
    assert b"act.12345" not in sealed
    assert envelope.open(sealed, CONTEXT) == SECRET
    with pytest.raises(SealBroken):
        envelope.open(sealed, "account_01jdc5w0fk7q2m3n4p5r6s7t8w")


def test_the_same_secret_is_sealed_differently_each_time(envelope: Envelope) -> None:
    assert len({envelope.seal(SECRET, CONTEXT) for _ in range(5)}) == 5


def test_no_byte_can_be_changed_and_no_end_cut_off(envelope: Envelope) -> None:
    sealed = envelope.seal(SECRET, CONTEXT)
    for place in range(0, len(sealed), 3):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises((SealBroken, Unavailable)):  # moto takes a changed wrapped key for another account's
            envelope.open(bytes(changed), CONTEXT)
    for cut in (sealed[:-1], sealed[:20], sealed[:3], b""):
        with pytest.raises(SealBroken):
            envelope.open(cut, CONTEXT)


def test_an_empty_and_a_large_secret_come_back_whole(envelope: Envelope) -> None:
    for plain in (b"", os.urandom(100_000)):
        assert envelope.open(envelope.seal(plain, CONTEXT), CONTEXT) == plain


def test_each_kms_seal_has_a_data_key_of_its_own_and_the_key_never_leaves(kms: Any) -> None:
    envelope = kms_envelope(kms)
    first, second = envelope.seal(SECRET, CONTEXT), envelope.seal(SECRET, CONTEXT)
    length = int.from_bytes(first[9:11], "big")
    assert first[11 : 11 + length] != second[11 : 11 + length]


def test_a_new_kms_key_opens_the_old_seals_and_asks_for_new_ones(kms: Any) -> None:
    old = kms_envelope(kms)
    sealed = old.seal(SECRET, CONTEXT)
    new = kms_envelope(kms)
    assert (old.is_current(sealed), new.is_current(sealed)) == (True, False)
    again = reseal(new, sealed, CONTEXT)
    assert new.is_current(again)
    assert new.open(again, CONTEXT) == SECRET


def test_kms_out_of_reach_is_no_broken_seal(kms: Any) -> None:
    class Away:
        def decrypt(self, **_: Any) -> Any:
            raise ClientError({"Error": {"Code": "ThrottlingException"}}, "Decrypt")

        def generate_data_key(self, **_: Any) -> Any:
            raise ClientError({"Error": {"Code": "AccessDeniedException"}}, "GenerateDataKey")

    sealed = kms_envelope(kms).seal(SECRET, CONTEXT)
    away = KmsEnvelope(Away(), "arn:key")
    with pytest.raises(Unavailable) as refusal:
        away.open(sealed, CONTEXT)
    assert refusal.value.retry_after_seconds == 5
    with pytest.raises(Unavailable):
        away.seal(SECRET, CONTEXT)


def test_the_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    make_key_file(path)
    first = path.read_bytes()
    make_key_file(path)
    assert path.read_bytes() == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["keys.json"]


def test_many_makers_at_once_make_one_file(tmp_path: Path) -> None:
    path, begin = tmp_path / "keys.json", threading.Barrier(8)
    seen: list[bytes] = []

    def make() -> None:
        begin.wait()
        make_key_file(path)
        seen.append(path.read_bytes())

    makers = [threading.Thread(target=make) for _ in range(8)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert len(seen) == 8
    assert len(set(seen)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["keys.json"]


def test_rotation_adds_a_number_and_old_seals_still_open(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    make_key_file(path)
    envelope = KeyFileEnvelope(path)
    old = envelope.seal(SECRET, CONTEXT)
    assert rotate_key_file(path) == 2
    assert path.stat().st_mode & 0o777 == 0o600
    assert envelope.open(old, CONTEXT) == SECRET
    assert not envelope.is_current(old)
    new = reseal(envelope, old, CONTEXT)
    assert envelope.is_current(new)
    assert KeyFileEnvelope(path).open(new, CONTEXT) == SECRET
    assert sorted(read_keys(path).by_number) == [1, 2]


def test_a_process_that_read_the_file_earlier_opens_what_a_newer_key_sealed(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    make_key_file(path)
    early = KeyFileEnvelope(path)
    early.seal(SECRET, CONTEXT)
    rotate_key_file(path)
    assert early.open(KeyFileEnvelope(path).seal(SECRET, CONTEXT), CONTEXT) == SECRET


def test_a_key_file_that_is_open_missing_or_torn_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    with pytest.raises(Unavailable, match="is not there"):
        KeyFileEnvelope(path).seal(SECRET, CONTEXT)
    make_key_file(path)
    path.chmod(0o644)
    with pytest.raises(Unavailable, match="chmod 600"):
        KeyFileEnvelope(path).seal(SECRET, CONTEXT)
    path.chmod(0o600)
    whole = path.read_text()
    for torn in (whole[:-20], "{}", '{"keys": {}}', '{"keys": {"1": "c2hvcnQ="}}', '{"keys": 5}'):
        path.write_text(torn)
        with pytest.raises(Unavailable, match="copy"):
            KeyFileEnvelope(path).seal(SECRET, CONTEXT)


def test_what_another_file_sealed_does_not_open(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_key_file(tmp_path / name)
    with pytest.raises(SealBroken):
        KeyFileEnvelope(tmp_path / "two").open(KeyFileEnvelope(tmp_path / "one").seal(SECRET, CONTEXT), CONTEXT)


def test_no_key_shows_in_a_text(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    make_key_file(path)
    keys = read_keys(path)
    assert str(keys.by_number[1]) not in repr(keys)
    assert "key" not in repr(KeyFileEnvelope(path)).lower().replace("keyfileenvelope", "").replace("key_file_envelope", "")


def test_a_world_takes_the_key_file_before_kms_and_says_when_it_has_neither(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    make_key_file(path)
    envelope = World(Settings(envelope_key_file=path, envelope_key_arn="arn:key")).envelope
    assert envelope.open(envelope.seal(SECRET, CONTEXT), CONTEXT) == SECRET
    with pytest.raises(Unavailable, match="REELWRIGHT_ENVELOPE_KEY_ARN"):
        _ = World(Settings(envelope_key_file=None, envelope_key_arn="")).envelope
