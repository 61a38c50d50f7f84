"""Our registration at each platform, and where its servers are: real ones, or a stand-in's on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, SecretStr


class AppCredentials(BaseModel):
    """Client id and secret of our app at one platform. Empty: none is set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    client_id: str = ""
    client_secret: SecretStr = SecretStr("")

    @property
    def is_set(self) -> bool:
        return bool(self.client_id and self.client_secret.get_secret_value())


class Apps(BaseModel):
    """All registrations. Instagram Login has an app of its own besides Meta's: https://developers.facebook.com/docs/instagram-platform"""

    model_config = ConfigDict(frozen=True, extra="forbid")

    meta: AppCredentials = AppCredentials()
    instagram: AppCredentials = AppCredentials()
    google: AppCredentials = AppCredentials()
    tiktok: AppCredentials = AppCredentials()


def read_apps(values: Mapping[str, str]) -> Apps:
    """From ``meta_client_id``, ``meta_client_secret`` and so on, in any case, with or without ``REELWRIGHT_`` before them."""
    known = {name.lower().removeprefix("reelwright_"): value for name, value in values.items()}
    given = {
        name: AppCredentials(client_id=known.get(f"{name}_client_id", ""), client_secret=SecretStr(known.get(f"{name}_client_secret", "")))
        for name in Apps.model_fields
    }
    return Apps(**given)


@dataclass(frozen=True)
class Hosts:
    """The base address of every server that an adapter speaks to, without a slash at the end."""

    facebook_www: str = "https://www.facebook.com"
    graph: str = "https://graph.facebook.com"
    rupload: str = "https://rupload.facebook.com"
    instagram_www: str = "https://www.instagram.com"
    instagram_api: str = "https://api.instagram.com"
    instagram_graph: str = "https://graph.instagram.com"
    google_accounts: str = "https://accounts.google.com"
    google_oauth: str = "https://oauth2.googleapis.com"
    google_api: str = "https://www.googleapis.com"
    tiktok_www: str = "https://www.tiktok.com"
    tiktok_open: str = "https://open.tiktokapis.com"
    youtube: str = "https://www.youtube.com"  # of links
    tiktok: str = "https://www.tiktok.com"  # of links


STAND_IN_APP = AppCredentials(client_id="reelwright-local", client_secret=SecretStr("reelwright-local-secret"))
"""What the stand-ins on one machine know us as: no secret of anybody."""


def stand_in_hosts(base: str) -> Hosts:
    """Every server as a path of the stand-ins at ``base``."""
    paths = {name: name.replace("_", "-") for name in Hosts.__dataclass_fields__}
    return Hosts(**{name: f"{base.rstrip('/')}/{path}" for name, path in paths.items()})


def mix_hosts(apps: Apps, base: str) -> tuple[Apps, Hosts]:
    """Real servers for the platforms whose credentials are set, the stand-ins at ``base`` for the others; with no ``base`` all are real."""
    if not base:
        return apps, Hosts()
    real, local = Hosts(), stand_in_hosts(base)
    groups = {
        "meta": ("facebook_www", "graph", "rupload"),
        "instagram": ("instagram_www", "instagram_api", "instagram_graph"),
        "google": ("google_accounts", "google_oauth", "google_api", "youtube"),
        "tiktok": ("tiktok_www", "tiktok_open", "tiktok"),
    }
    known = {name: getattr(apps, name) for name in groups}
    chosen = {field: getattr(real if known[name].is_set else local, field) for name, fields in groups.items() for field in fields}
    return Apps(**{name: app if app.is_set else STAND_IN_APP for name, app in known.items()}), Hosts(**chosen)
