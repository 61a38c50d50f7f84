"""The invented people: one creator per platform, two Facebook pages, and the app that they give rights to."""

from __future__ import annotations

from local.sandbox.records import Account

CLIENT_ID = "reelwright-local"
CLIENT_SECRET = "reelwright-local-secret"  # noqa: S105  # no secret of anybody
FACEBOOK_USER = "10220000000000001"
FACEBOOK_USER_NAME = "Maya Okafor"
INSTAGRAM = "17841400000000001"
PAGE = "104000000000001"
PAGE_WITHOUT_RIGHT = "104000000000002"
CHANNEL = "UC0000000000000000maya01"
TIKTOK = "-000maya0000000000000000000001"

ALL_TASKS = ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"]


def default_accounts() -> list[Account]:
    """New records of the accounts that are there from the start."""
    return [
        Account(INSTAGRAM, "instagram", "maya.makes", "Maya Makes", traits={"account_type": "MEDIA_CREATOR", "followers": 4180}),
        Account(PAGE, "facebook", "mayamakes", "Maya Makes", tasks=list(ALL_TASKS), linked=INSTAGRAM),
        Account(PAGE_WITHOUT_RIGHT, "facebook", "harbourmarket", "Harbour Market", tasks=["ANALYZE", "MODERATE"]),
        Account(CHANNEL, "youtube", "@mayamakes", "Maya Makes", traits={"long_uploads": "allowed"}),
        Account(
            TIKTOK,
            "tiktok",
            "maya.makes",
            "Maya Makes",
            traits={"is_private": False, "max_seconds": 600, "comment_disabled": False, "duet_disabled": False, "stitch_disabled": False},
        ),
    ]
