"""What codes and subcodes of Meta's Graph API mean to us: https://developers.facebook.com/docs/graph-api/guides/error-handling

Keys are ``code/subcode``, then ``/subcode``, then ``code``: the first that is known counts.
"""

from __future__ import annotations

from reelwright.kit.errors import PlatformNotReady, PlatformRefused, PlatformThrottled, PlatformUnavailable, ReconnectNeeded, UploadExpired
from reelwright.publishing.platforms.answers import Refusal

_DAY_SECONDS = 86_400
_PASSING = Refusal(PlatformUnavailable, "Meta has trouble at the moment. It is tried again by itself.")
_SLOW_DOWN = Refusal(PlatformThrottled, "Meta asks to slow down. It is tried again by itself.", 300)
_EXPIRED = Refusal(ReconnectNeeded, "The permission has run out. Connect the account again; nothing is lost.")
_NEW_UPLOAD = Refusal(UploadExpired, "Instagram has forgotten the upload. It begins again.")
_PERMISSION = Refusal(ReconnectNeeded, "A permission is missing. Connect the account again and allow every point.")

REFUSALS = {
    "1": _PASSING,
    "2": _PASSING,
    "4": _SLOW_DOWN,
    "17": _SLOW_DOWN,
    "32": _SLOW_DOWN,
    "613": _SLOW_DOWN,
    **{str(code): _SLOW_DOWN for code in range(80_000, 80_009)},
    "10": _PERMISSION,
    **{str(code): _PERMISSION for code in range(200, 300)},
    "102": _EXPIRED,
    "190": _EXPIRED,
    "190/458": Refusal(ReconnectNeeded, "Our app was removed from the account. Connect the account again."),
    "190/459": Refusal(ReconnectNeeded, "Facebook wants you to confirm something first. Log in on facebook.com, then connect the account again."),
    "190/460": Refusal(ReconnectNeeded, "The password was changed. Connect the account again."),
    "190/463": _EXPIRED,
    "190/464": Refusal(ReconnectNeeded, "The account is not confirmed. Log in on facebook.com, then connect the account again."),
    "190/467": _EXPIRED,
    "368": Refusal(PlatformThrottled, "Meta has blocked posting from this account for a while. It is tried again tomorrow.", _DAY_SECONDS),
    "506": Refusal(PlatformRefused, "Facebook says that the same post was made already."),
    "/2207001": _PASSING,
    "/2207003": Refusal(UploadExpired, "Instagram could not fetch the video in time. It begins again."),
    "/2207004": Refusal(PlatformRefused, "Instagram found the cover picture too large."),
    "/2207005": Refusal(PlatformRefused, "Instagram does not take the cover picture's format."),
    "/2207006": _NEW_UPLOAD,
    "/2207008": _NEW_UPLOAD,
    "/2207009": Refusal(PlatformRefused, "Instagram does not take this shape."),
    "/2207010": Refusal(PlatformRefused, "Instagram's caption has at most 2,200 characters and 20 mentions. Shorten it."),
    "/2207020": _NEW_UPLOAD,
    "/2207023": Refusal(PlatformRefused, "Instagram does not know this kind of post."),
    "/2207026": Refusal(PlatformRefused, "Instagram does not take the video's format."),
    "/2207027": Refusal(PlatformNotReady, "Instagram still works on the video."),
    "/2207032": _NEW_UPLOAD,
    "/2207040": Refusal(PlatformRefused, "Instagram takes at most 20 mentions and 30 hashtags. Leave some out."),
    "/2207042": Refusal(PlatformThrottled, "This account has posted as often as Instagram allows in a day. It goes on tomorrow.", _DAY_SECONDS),
    "/2207050": Refusal(PlatformRefused, "Instagram has restricted this account. Look in the Instagram app what it asks for."),
    "/2207051": Refusal(PlatformRefused, "Instagram takes this for spam. Change the text, and wait a day before the next post."),
    "/2207052": Refusal(PlatformRefused, "Instagram could not fetch the video from our address. The operator looks at the storage's settings."),
    "/2207053": _NEW_UPLOAD,
    "/2207057": Refusal(PlatformRefused, "The cover's time lies outside the video. Choose another one."),
    "/2207077": _NEW_UPLOAD,
    "/2207081": Refusal(PlatformRefused, "This account cannot post trial reels."),
    "/2207082": _NEW_UPLOAD,
    "/2207085": Refusal(PlatformRefused, "Instagram could not work on the video."),
    "/1363047": _PASSING,
    "/1390008": Refusal(PlatformThrottled, "Facebook says that this page posts too fast. It is tried again in an hour.", 3600),
    "/1346003": Refusal(PlatformRefused, "Facebook has flagged the content. Change the reel or its text."),
    "/1404102": Refusal(PlatformRefused, "Facebook has flagged the content. Change the reel or its text."),
    "/1404078": Refusal(PlatformRefused, "Facebook wants the page's owner confirmed before it posts. Do that on facebook.com, in the page's settings."),
    "/1404112": Refusal(PlatformThrottled, "Facebook has limited this account for a while. It is tried again tomorrow.", _DAY_SECONDS),
    "/4854002": Refusal(PlatformRefused, "Facebook wants your identity confirmed. Log in on facebook.com and do that first."),
    "/2069019": Refusal(PlatformRefused, "Facebook does not take this file."),
    "/1609008": Refusal(PlatformRefused, "Facebook does not allow the link in the text. Leave it out."),
}
