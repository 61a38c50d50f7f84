"""Composition root of the tasks, the twin of functions/bootstrap.py: what a container uses, made at first use."""

from __future__ import annotations

from functools import cached_property

import boto3
from botocore.config import Config

import reelwright.creators.tables
import reelwright.reels.tables  # noqa: F401  # rows of renders point at these tables, so they must be known to whoever writes
from reelwright.kit.clock import Clock, utc_now
from reelwright.kit.database import Database, connect
from reelwright.kit.secret_store import database_url, read_secret
from reelwright.kit.settings import Settings
from reelwright.kit.storage import Storage


class TaskWorld:
    """What tasks use."""

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        self.settings = settings
        self.clock = clock

    @cached_property
    def database(self) -> Database:
        url = self.settings.database_url.get_secret_value()
        if not url:
            url = database_url(read_secret(boto3.client("secretsmanager"), self.settings.database_secret_arn))
        return Database(connect(url, self.settings.database_tls_ca))

    @cached_property
    def storage(self) -> Storage:
        client = boto3.client("s3", config=Config(signature_version="s3v4", s3={"addressing_style": "path"}))
        return Storage(client, self.settings.media_bucket)
