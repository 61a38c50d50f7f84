"""What TikTok's codes mean to us: https://developers.tiktok.com/doc/tiktok-api-v2-error-handling"""

from __future__ import annotations

from reelwright.kit.errors import PlatformRefused, PlatformThrottled, PlatformUnavailable, ReconnectNeeded, UploadExpired
from reelwright.publishing.platforms.answers import Refusal

_DAY_SECONDS = 86_400
_RECONNECT = Refusal(ReconnectNeeded, "TikTok does not accept the permission any more. Connect the account again; nothing is lost.")
_SCOPE = Refusal(ReconnectNeeded, "The permission to post is missing. Connect the account again and allow every point.")
_SPAM = Refusal(PlatformThrottled, "TikTok takes no more posts from this account today. It goes on tomorrow.", _DAY_SECONDS)

REFUSALS = {
    "access_token_invalid": _RECONNECT,
    "invalid_grant": _RECONNECT,
    "scope_not_authorized": _SCOPE,
    "scope_permission_missed": _SCOPE,
    "spam_risk_too_many_posts": _SPAM,
    "spam_risk_too_many_pending_share": _SPAM,
    "spam_risk": Refusal(PlatformRefused, "TikTok takes this for spam. Change the text, and wait before the next post."),
    "spam_risk_text": Refusal(PlatformRefused, "TikTok takes the text for spam. Change it."),
    "spam_risk_user_banned_from_posting": Refusal(PlatformRefused, "TikTok has barred this account from posting. Look in the TikTok app what it says."),
    "reached_active_user_cap": Refusal(PlatformThrottled, "This app has reached TikTok's number of accounts for today. It goes on tomorrow.", _DAY_SECONDS),
    "unaudited_client_can_only_post_to_private_accounts": Refusal(
        PlatformRefused,
        "TikTok has not audited this app yet: it posts only to private accounts, and only for you. Make the account private, or wait for the audit.",
    ),
    "url_ownership_unverified": Refusal(PlatformRefused, "TikTok does not know our address as ours. The operator confirms it in TikTok's portal."),
    "privacy_level_option_mismatch": Refusal(PlatformRefused, "TikTok does not offer this visibility for the account. Choose one that it offers."),
    "rate_limit_exceeded": Refusal(PlatformThrottled, "TikTok asks to slow down. It is tried again by itself.", 60),
    "internal_error": Refusal(PlatformUnavailable, "TikTok has trouble at the moment. It is tried again by itself."),
    "invalid_publish_id": Refusal(UploadExpired, "TikTok has forgotten the upload. It begins again."),
    "token_not_authorized_for_specified_publish_id": Refusal(PlatformRefused, "This post was begun with another TikTok account. Connect that one again."),
}

FAILURES = {
    "file_format_check_failed": "TikTok does not take the file's format.",
    "duration_check_failed": "TikTok does not take a video of this length from the account.",
    "frame_rate_check_failed": "TikTok does not take the video's frame rate.",
    "picture_size_check_failed": "TikTok does not take the picture's size.",
    "internal": "TikTok failed while it worked on the video. Please try again.",
    "video_pull_failed": "TikTok could not fetch the video. Please try again.",
    "publish_cancelled": "The post was stopped at TikTok.",
    "auth_removed": "TikTok's permission was taken back while it was posting. Connect the account again.",
    "spam_risk_too_many_posts": "TikTok takes no more posts from this account today. Try again tomorrow.",
    "spam_risk_user_banned_from_posting": "TikTok has barred this account from posting. Look in the TikTok app what it says.",
    "spam_risk_text": "TikTok takes the text for spam. Change it.",
    "spam_risk": "TikTok takes this post for spam. Change it, and wait before the next one.",
}
