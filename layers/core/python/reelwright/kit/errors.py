"""Every error the product raises on purpose.

ReelwrightError                     status, slug
├── BadRequest            400       the request cannot be read
├── NotSignedIn           401
├── NotAllowed            403
├── NotFound              404       not there, or not yours
├── Conflict              409       the state does not allow it
├── Stale                 412       If-Match names an older version
├── TooLarge              413
├── UnsupportedMedia      415       the file is not what the product takes
│   └── MediaRefused      415       this file is left out, the rest goes on
├── InvalidInput          422       read, but wrong
├── PreconditionRequired  428       If-Match is missing
├── RateLimited           429       retry_after_seconds
├── Unavailable           503       something that the product stands on does not answer now: retry_after_seconds
├── SealBroken            500       a sealed secret cannot be opened: changed, copied from elsewhere, or its key is gone
├── Cancelled             409       the creator asked to stop
├── RenderFailed          500
├── GateFailed            500       the finished file breaks a promise
├── PartMissing           503       an offline part is not installed
├── ProviderError         502       an AI vendor did not deliver
│   ├── ProviderUnavailable   503   down, slow or over its limit: try again, then the next provider
│   ├── ProviderRefused       422   it will not do this request: the next provider may
│   ├── ProviderMisconfigured 500   key missing or wrong: the next provider
│   └── ProviderAnswerInvalid 502   the answer does not fit the schema: repair once, then the next
└── PlatformError         502       a social platform did not do what was asked
    ├── PlatformUnavailable   503   down, slow, or cut off before it heard: whatever may be repeated is tried again
    ├── PlatformThrottled     429   over a limit of the platform: retry_after_seconds
    ├── PlatformRefused       422   it will not take this post as it is: the creator has to act
    ├── PlatformNotReady      409   it still works on the video: wait and look again
    ├── ReconnectNeeded       409   the account's permission is over or too small: the creator connects again
    ├── UploadExpired         409   the upload or container is gone: a new one may be opened, nothing was posted
    └── OutcomeUnknown        409   the answer to the irreversible call was lost: look at the account, never post again

The class name is the word that a storyboard's Retry and Catch use. Messages are sentences a creator may read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FieldError:
    """One wrong field: ``pointer`` is a JSON pointer into the request body (RFC 6901)."""

    pointer: str
    detail: str


class ReelwrightError(Exception):
    """Base of all. ``detail`` is a sentence that a creator may read, with what to do."""

    status = 500
    slug = "internal-error"
    title = "Something went wrong on our side"

    def __init__(self, detail: str, *, errors: Sequence[FieldError] = (), retry_after_seconds: int | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)
        self.retry_after_seconds = retry_after_seconds


class BadRequest(ReelwrightError):
    status, slug, title = 400, "bad-request", "The request could not be read"


class NotSignedIn(ReelwrightError):
    status, slug, title = 401, "not-signed-in", "Sign in first"


class NotAllowed(ReelwrightError):
    status, slug, title = 403, "not-allowed", "This is not allowed"


class NotFound(ReelwrightError):
    status, slug, title = 404, "not-found", "Not found"


class Conflict(ReelwrightError):
    status, slug, title = 409, "conflict", "Not possible in this state"


class Cancelled(Conflict):
    slug, title = "cancelled", "Cancelled"


class Stale(ReelwrightError):
    status, slug, title = 412, "stale-version", "Somebody changed this in the meantime"


class TooLarge(ReelwrightError):
    status, slug, title = 413, "too-large", "Too large"


class UnsupportedMedia(ReelwrightError):
    status, slug, title = 415, "unsupported-media", "This file cannot be used"


class MediaRefused(UnsupportedMedia):
    slug, title = "media-refused", "This file was refused"


class InvalidInput(ReelwrightError):
    status, slug, title = 422, "invalid-input", "Something in the request is wrong"


class PreconditionRequired(ReelwrightError):
    status, slug, title = 428, "precondition-required", "Say which version you change"


class RateLimited(ReelwrightError):
    status, slug, title = 429, "rate-limited", "Too many requests"


class Unavailable(ReelwrightError):
    status, slug, title = 503, "unavailable", "Not available for a moment"


class SealBroken(ReelwrightError):
    slug, title = "seal-broken", "A stored secret cannot be opened"


class RenderFailed(ReelwrightError):
    slug, title = "render-failed", "The render failed"


class GateFailed(ReelwrightError):
    slug, title = "gate-failed", "The finished reel did not pass its checks"


class PartMissing(ReelwrightError):
    status, slug, title = 503, "part-missing", "An offline part is missing"


class ProviderError(ReelwrightError):
    status, slug, title = 502, "provider-error", "An AI provider did not deliver"


class ProviderUnavailable(ProviderError):
    status, slug, title = 503, "provider-unavailable", "An AI provider is not available"


class ProviderRefused(ProviderError):
    status, slug, title = 422, "provider-refused", "An AI provider refused the request"


class ProviderMisconfigured(ProviderError):
    status, slug, title = 500, "provider-misconfigured", "An AI provider is not set up"


class ProviderAnswerInvalid(ProviderError):
    slug, title = "provider-answer-invalid", "An AI provider's answer could not be used"


class PlatformError(ReelwrightError):
    status, slug, title = 502, "platform-error", "A platform did not do what was asked"


class PlatformUnavailable(PlatformError):
    status, slug, title = 503, "platform-unavailable", "A platform is not available"


class PlatformThrottled(PlatformError):
    status, slug, title = 429, "platform-throttled", "A platform asks to slow down"


class PlatformRefused(PlatformError):
    status, slug, title = 422, "platform-refused", "A platform refused the post"


class PlatformNotReady(PlatformError):
    status, slug, title = 409, "platform-not-ready", "A platform is still working on it"


class ReconnectNeeded(PlatformError):
    status, slug, title = 409, "reconnect-needed", "Connect the account again"


class UploadExpired(PlatformError):
    status, slug, title = 409, "upload-expired", "The upload is over"


class OutcomeUnknown(PlatformError):
    status, slug, title = 409, "outcome-unknown", "Nobody knows yet whether it was posted"
