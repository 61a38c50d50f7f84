"""All platforms by name: adding one is a file beside this and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from reelwright.kit.clock import Clock
from reelwright.kit.http_client import HttpClient
from reelwright.publishing.platform import Platform
from reelwright.publishing.platforms import facebook, instagram, tiktok, youtube
from reelwright.publishing.platforms.apps import Apps, Hosts
from reelwright.publishing.platforms.facebook_publishing import FacebookPages
from reelwright.publishing.platforms.instagram_publishing import InstagramByFacebook, InstagramByItself
from reelwright.publishing.platforms.tiktok_publishing import TikTokPublishing
from reelwright.publishing.platforms.youtube_publishing import YouTubePublishing
from reelwright.publishing.social_account import ConnectWay
from reelwright.reels.specification import Specification

SPECIFICATIONS: Mapping[str, Specification] = {
    "instagram": instagram.SPECIFICATION,
    "facebook": facebook.SPECIFICATION,
    "youtube": youtube.SPECIFICATION,
    "tiktok": tiktok.SPECIFICATION,
}


def build_platforms(http: HttpClient, apps: Apps, hosts: Hosts, clock: Clock) -> Mapping[ConnectWay, Platform]:
    """An adapter for each way in which an account can be connected."""
    platforms: tuple[Platform, ...] = (
        InstagramByFacebook(http, apps.meta, hosts, clock),
        InstagramByItself(http, apps.instagram, hosts, clock),
        FacebookPages(http, apps.meta, hosts, clock),
        YouTubePublishing(http, apps.google, hosts, clock),
        TikTokPublishing(http, apps.tiktok, hosts, clock),
    )
    return {platform.way: platform for platform in platforms}
