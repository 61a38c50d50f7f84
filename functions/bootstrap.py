"""Composition root of the handlers: here, and in containers/bootstrap.py and local/, adapters are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

import reelwright.creators.tables
import reelwright.reels.tables  # noqa: F401  # rows of other slices point at these tables, so they must be known to whoever writes
from reelwright.generation.record_steps import StepRecorder
from reelwright.kit.clock import Clock, utc_now
from reelwright.kit.database import Database, connect
from reelwright.kit.envelope import Envelope
from reelwright.kit.errors import Unavailable
from reelwright.kit.key_file_envelope import KeyFileEnvelope
from reelwright.kit.kms_envelope import KmsEnvelope
from reelwright.kit.secret_store import database_url, read_secret
from reelwright.kit.settings import Settings, load_settings
from reelwright.kit.storage import Storage
from reelwright.reels.specification import Specification

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

    from functions.choose_providers import Providers
    from reelwright.publishing.plan_wake import Scheduler
    from reelwright.publishing.platform import Platform
    from reelwright.publishing.platforms.apps import Apps
    from reelwright.publishing.social_account import ConnectWay


@dataclass(frozen=True)
class TokenKeys:
    """An Ed25519 pair as PEM."""

    private_key: str
    public_key: str


class World:
    """What handlers use. Everything is made at first use and kept for the life of the process."""

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        self.settings = settings
        self.clock = clock

    @cached_property
    def database(self) -> Database:
        url = self.settings.database_url.get_secret_value() or database_url(self.read_secret(self.settings.database_secret_arn))
        return Database(connect(url, self.settings.database_tls_ca))

    @cached_property
    def token_keys(self) -> TokenKeys:
        """The pair that signs and checks access tokens; the authorizer reads the public one by itself."""
        private_key = self.settings.token_private_key.get_secret_value()
        if private_key and self.settings.token_public_key:
            return TokenKeys(private_key, self.settings.token_public_key)
        secret = self.read_secret(self.settings.token_key_secret_arn)
        return TokenKeys(secret["private_key"], secret["public_key"])

    def read_secret(self, arn: str) -> dict[str, str]:
        """The values of a secret of ours."""
        return read_secret(boto3.client("secretsmanager"), arn)

    @cached_property
    def envelope(self) -> Envelope:
        """What seals the grants of social accounts. Raises Unavailable where neither a key file nor a KMS key is set."""
        if self.settings.envelope_key_file is not None:
            return KeyFileEnvelope(self.settings.envelope_key_file)
        if not self.settings.envelope_key_arn:
            raise Unavailable("This installation has no key for the permissions of social accounts. Its operator sets REELWRIGHT_ENVELOPE_KEY_ARN.")
        config = Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 3})
        return KmsEnvelope(boto3.client("kms", config=config), self.settings.envelope_key_arn)

    @cached_property
    def storage(self) -> Storage:
        signed = Config(signature_version="s3v4", s3={"addressing_style": "path"})
        client = boto3.client("s3", config=signed)
        is_local = self.settings.stage == "local"
        signer = boto3.client("s3", config=signed, endpoint_url=self.settings.public_url) if is_local else client
        return Storage(client, self.settings.media_bucket, signer)

    @cached_property
    def step_functions(self) -> SFNClient:
        # A start that fails is repeated by the reconciler, so nobody waits long for it here.
        return boto3.client("stepfunctions", config=Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 2}))

    @cached_property
    def scheduler(self) -> Scheduler:
        """Timers of posts. One that cannot be made costs a minute, so nobody waits long for it here."""
        client: Scheduler = boto3.client("scheduler", config=Config(connect_timeout=3, read_timeout=5, retries={"total_max_attempts": 2}))
        return client

    @cached_property
    def recorder(self) -> StepRecorder:
        return StepRecorder(self.database.transaction, self.clock)

    @cached_property
    def providers(self) -> Providers:
        """Who is asked for plans, voices, music and pictures, in order. Weights are read at the first use."""
        from functions.choose_providers import choose_providers  # noqa: PLC0415  # heavy only for those who make something

        return choose_providers(self.settings)

    @cached_property
    def platforms(self) -> Mapping[ConnectWay, Platform]:
        """An adapter for each way of connecting: the real platform where our app's credentials are set, a stand-in elsewhere."""
        from reelwright.kit.requests_client import RequestsClient  # noqa: PLC0415  # heavy only for those who post
        from reelwright.publishing.platforms.apps import mix_hosts  # noqa: PLC0415
        from reelwright.publishing.platforms.registry import build_platforms  # noqa: PLC0415

        apps, hosts = mix_hosts(self.apps, self.settings.sandbox_url)
        return build_platforms(RequestsClient(), apps, hosts, self.clock)

    @cached_property
    def apps(self) -> Apps:
        """Our registrations at the platforms. On one machine the deployer puts those of the environment into the secret."""
        from reelwright.publishing.platforms.apps import read_apps  # noqa: PLC0415

        arn = self.settings.platform_apps_secret_arn
        return read_apps(self.read_secret(arn) if arn else {})

    @cached_property
    def specifications(self) -> Mapping[str, Specification]:
        from reelwright.publishing.platforms.registry import SPECIFICATIONS  # noqa: PLC0415  # heavy only for those who export

        return SPECIFICATIONS


@lru_cache(maxsize=1)
def load_world() -> World:
    """This process's world."""
    return World(load_settings())
