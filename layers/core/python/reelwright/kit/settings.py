"""All settings, read from the environment once, by whoever composes the process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One value per environment variable ``REELWRIGHT_<NAME>``; the defaults are those of the local platform."""

    model_config = SettingsConfigDict(env_prefix="REELWRIGHT_", extra="ignore", frozen=True)

    stage: str = "local"
    database_url: SecretStr = SecretStr("")
    database_tls_ca: Path | None = Field(default=None, description="CA bundle; None connects in plain text (loopback only)")
    database_secret_arn: str = Field(default="", description="holds username, password, host, port, dbname; read where database_url is empty")
    media_bucket: str = "reelwright-media"
    public_url: str = Field(default="http://127.0.0.1:8787", description="where clients reach the API and presigned files")
    ingest_media_arn: str = ""
    generate_reel_arn: str = ""
    render_reel_arn: str = ""
    publish_post_arn: str = ""
    publishing_function_arn: str = Field(default="", description="what a post's timer calls")
    wake_group: str = Field(default="", description="the schedule group of the posts' timers; empty: each minute's step does alone")
    wake_role_arn: str = Field(default="", description="by which a timer may call")
    running_posts: int = Field(default=40, ge=1, description="posts that are sent at the same time; the others wait their turn")
    token_private_key: SecretStr = Field(default=SecretStr(""), description="Ed25519 private key, PEM; signs access tokens")
    token_public_key: str = Field(default="", description="Ed25519 public key, PEM; the authorizer has only this")
    token_key_secret_arn: str = Field(default="", description="holds private_key and public_key; read where the direct values are empty")
    envelope_key_arn: str = Field(default="", description="the KMS key under which grants are sealed")
    envelope_key_file: Path | None = Field(
        default=None, description="on one machine: the file with the keys under which grants are sealed; goes before the KMS key"
    )
    platform_apps_secret_arn: str = Field(
        default="", description="holds meta_client_id, meta_client_secret, and so for instagram, google, tiktok; empty ones are not set"
    )
    bcrypt_cost: int = Field(default=12, ge=4, le=16)
    running_renders_per_creator: int = Field(default=1, ge=1)
    work_directory: Path | None = Field(default=None, description="where steps put temporary files; None: the system's")
    cache_directory: Path | None = Field(default=None, description="where parts joins split files")
    sandbox_url: str = Field(default="", description="the stand-in platforms of one machine; empty: only real platforms")
    openai_api_key: SecretStr = SecretStr("")
    replicate_api_token: SecretStr = SecretStr("")


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """The process's settings, read at the first call."""
    return Settings()
