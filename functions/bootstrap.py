"""Composition root of the handlers: here, and in containers/bootstrap.py and local/, adapters are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from reelwright.generation.record_steps import StepRecorder
from reelwright.kit.clock import Clock, utc_now
from reelwright.kit.database import Database, connect
from reelwright.kit.settings import Settings, load_settings
from reelwright.kit.storage import Storage
from reelwright.reels.specification import Specification

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient


class World:
    """What handlers use. Everything is made at first use and kept for the life of the process."""

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        self.settings = settings
        self.clock = clock

    @cached_property
    def database(self) -> Database:
        return Database(connect(self.settings.database_url.get_secret_value(), self.settings.database_tls_ca))

    @cached_property
    def storage(self) -> Storage:
        signed = Config(signature_version="s3v4", s3={"addressing_style": "path"})
        client = boto3.client("s3", config=signed)
        is_local = self.settings.stage == "local"
        signer = boto3.client("s3", config=signed, endpoint_url=self.settings.public_url) if is_local else client
        return Storage(client, self.settings.media_bucket, signer)

    @cached_property
    def step_functions(self) -> SFNClient:
        return boto3.client("stepfunctions")

    @cached_property
    def recorder(self) -> StepRecorder:
        return StepRecorder(self.database.transaction, self.clock)

    @cached_property
    def specifications(self) -> Mapping[str, Specification]:
        from reelwright.publishing.platforms.registry import SPECIFICATIONS  # noqa: PLC0415  # heavy only for those who export

        return SPECIFICATIONS


@lru_cache(maxsize=1)
def load_world() -> World:
    """This process's world."""
    return World(load_settings())
