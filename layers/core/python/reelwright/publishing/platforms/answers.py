"""What an adapter does with an answer: take it apart, or say in our words why there is none.

A table of the platform's exact codes decides; what stands in no table is passing trouble from 500 on and a refusal below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reelwright.kit.errors import OutcomeUnknown, PlatformError, PlatformRefused, PlatformUnavailable
from reelwright.kit.http_client import AnswerLost, HttpAnswer, HttpClient, HttpRequest, NotHeard

SERVER_TROUBLE = 500
_CODE = re.compile(r"[A-Za-z_]{1,60}|[0-9/.-]{1,24}")
_OPAQUE = re.compile(r"[^\s\"'<>]{24,}")  # no word of a language: an address, or a token that the platform repeats to us


@dataclass(frozen=True)
class Refusal:
    """What a code means to us: the error to raise, the sentence, and for a throttle the seconds after which to come back."""

    error: type[PlatformError]
    detail: str
    retry_after_seconds: int | None = None

    def build(self) -> PlatformError:
        return self.error(self.detail, retry_after_seconds=self.retry_after_seconds)


Refusals = Mapping[str, Refusal]


def ask(http: HttpClient, request: HttpRequest, title: str) -> HttpAnswer:
    """The answer to a call that may be repeated. Raises PlatformUnavailable where none came."""
    try:
        answer = http.send(request)
    except (NotHeard, AnswerLost) as error:
        raise PlatformUnavailable(f"{title} does not answer at the moment. It is tried again by itself.") from error
    if answer.status >= SERVER_TROUBLE:
        raise PlatformUnavailable(f"{title} has trouble at the moment (it answered {answer.status}). It is tried again by itself.")
    return answer


def ask_once(http: HttpClient, request: HttpRequest, title: str) -> HttpAnswer:
    """The answer to the irreversible call. Raises PlatformUnavailable only where nothing was heard, else OutcomeUnknown."""
    try:
        answer = http.send(request)
    except NotHeard as error:
        raise PlatformUnavailable(f"{title} could not be reached, so nothing was posted.") from error
    except AnswerLost as error:
        raise OutcomeUnknown(f"{title} did not answer after the post was sent. The account is looked at before anything else is done.") from error
    if answer.status >= SERVER_TROUBLE:
        raise OutcomeUnknown(f"{title} answered {answer.status} after the post was sent. The account is looked at before anything else is done.")
    return answer


def refuse(code: str, refusals: Refusals, title: str, said: str) -> PlatformError:
    """The error for a platform's code; an unknown one is a refusal with the platform's own words."""
    known = refusals.get(code)
    if known is not None:
        return known.build()
    quoted = _OPAQUE.sub("…", said).strip().rstrip(".")
    words = f"It said: {quoted}." if quoted else "It gave no reason."
    return PlatformRefused(f"{title} refused this ({code if _CODE.fullmatch(code) else 'no code'}). {words}")
