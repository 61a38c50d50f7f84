"""What YouTube's reasons mean to us: https://developers.google.com/youtube/v3/docs/errors"""

from __future__ import annotations

from reelwright.kit.errors import PlatformRefused, PlatformThrottled, ReconnectNeeded, UploadExpired
from reelwright.publishing.platforms.answers import Refusal

_DAY_SECONDS = 86_400
_RECONNECT = Refusal(ReconnectNeeded, "YouTube does not accept the permission any more. Connect the channel again; nothing is lost.")
_QUOTA = Refusal(PlatformThrottled, "YouTube's daily number of calls for this app is used up. It goes on after midnight in California.", _DAY_SECONDS)
_SLOW_DOWN = Refusal(PlatformThrottled, "YouTube asks to slow down. It is tried again by itself.", 60)
REFUSALS = {
    "authError": _RECONNECT,
    "unauthorized": _RECONNECT,
    "invalid_grant": _RECONNECT,
    "insufficientPermissions": Refusal(ReconnectNeeded, "The permission to post is missing. Connect the channel again and tick every box."),
    "youtubeSignupRequired": Refusal(PlatformRefused, "This Google account has no YouTube channel. Make one on youtube.com, then connect it again."),
    "quotaExceeded": _QUOTA,
    "dailyLimitExceeded": _QUOTA,
    "rateLimitExceeded": _SLOW_DOWN,
    "userRateLimitExceeded": _SLOW_DOWN,
    "uploadLimitExceeded": Refusal(
        PlatformThrottled, "This channel has uploaded as many videos as YouTube allows in a day. It goes on tomorrow.", _DAY_SECONDS
    ),
    "invalidTitle": Refusal(PlatformRefused, "YouTube does not take this title. It has 1 to 100 characters, without < and >."),
    "invalidDescription": Refusal(PlatformRefused, "YouTube does not take this description. Shorten it, and leave out < and >."),
    "invalidTags": Refusal(PlatformRefused, "YouTube does not take these hashtags. Leave some out."),
    "invalidFilename": Refusal(PlatformRefused, "YouTube does not take this file."),
    "mediaBodyRequired": Refusal(PlatformRefused, "YouTube got no video. Please try again."),
    "forbiddenPrivacySetting": Refusal(PlatformRefused, "This channel may not use that visibility. Choose another one."),
    "forbidden": Refusal(PlatformRefused, "YouTube does not allow this for the channel. Look in YouTube Studio whether something has to be confirmed."),
    "accessNotConfigured": Refusal(PlatformRefused, "The YouTube interface is not switched on for this app. The operator switches it on in Google's console."),
    "videoNotFound": Refusal(UploadExpired, "The uploaded video is not there any more. It is uploaded again."),
}
FAILURES = {
    "conversion": "YouTube could not convert the video.",
    "invalidFile": "YouTube could not read the video file.",
    "emptyFile": "YouTube got an empty file.",
    "tooSmall": "YouTube found the file too small.",
    "codec": "YouTube does not know the video's codec.",
    "uploadAborted": "The upload was broken off.",
    "copyright": "YouTube refused the video because of a copyright claim. Change the music or the pictures.",
    "duplicate": "YouTube refused the video because the channel has the same one already.",
    "inappropriate": "YouTube found the video inappropriate.",
    "termsOfUse": "YouTube found that the video breaks its terms of use.",
    "length": "YouTube found the video too long for this channel. Confirm the channel's telephone number on YouTube, or make it shorter.",
    "uploaderAccountSuspended": "The channel is suspended.",
    "uploaderAccountClosed": "The channel is closed.",
    "trademark": "YouTube refused the video because of a trademark.",
    "legal": "YouTube refused the video for legal reasons.",
    "claim": "YouTube refused the video because of a claim.",
}
