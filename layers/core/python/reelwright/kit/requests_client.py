"""The HTTP client that speaks through requests: https://requests.readthedocs.io"""

from __future__ import annotations

from collections.abc import Iterator

import requests
import urllib3

from reelwright.kit.http_client import AnswerLost, HttpAnswer, HttpRequest, NotHeard

CONNECT_TIMEOUT_SECONDS = 10
MAX_ANSWER_BYTES = 8_000_000


class RequestsClient:
    """Connections are kept; nothing is retried here, because only the caller knows what may be repeated.

    Errors of requests name the whole address, in which some platforms want the token: they are not carried on.
    """

    def __init__(self) -> None:
        self._session = requests.Session()

    def send(self, request: HttpRequest) -> HttpAnswer:
        try:
            answer = self._session.request(
                request.method,
                request.url,
                params=dict(request.params) or None,
                headers=dict(request.headers),
                data=dict(request.form) if request.form is not None else request.body,
                json=dict(request.document) if request.document is not None else None,
                files=dict(request.files) if request.files else None,
                timeout=(CONNECT_TIMEOUT_SECONDS, request.timeout_seconds),
                allow_redirects=False,
                stream=True,
            )
            with answer:
                body = b"".join(_take(answer.iter_content(65_536)))
        except (requests.ConnectTimeout, requests.exceptions.InvalidURL) as error:
            raise NotHeard(type(error).__name__) from None
        except requests.ConnectionError as error:
            raise (NotHeard if _is_refused(error) else AnswerLost)(type(error).__name__) from None
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise AnswerLost(type(error).__name__) from None
        return HttpAnswer(answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, body)


def _take(pieces: Iterator[bytes]) -> Iterator[bytes]:
    taken = 0
    for piece in pieces:
        taken += len(piece)
        if taken > MAX_ANSWER_BYTES:
            raise AnswerLost("the answer is too long")
        yield piece


def _is_refused(error: requests.ConnectionError) -> bool:
    """Whether no connection came about, as far as the error tells."""
    reason = error.args[0] if error.args else None
    cause = getattr(reason, "reason", reason)
    return isinstance(cause, urllib3.exceptions.NewConnectionError | urllib3.exceptions.NameResolutionError)
