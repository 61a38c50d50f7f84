"""The API: gathers the resources, turns every error into a problem document, and gives each answer its headers."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from sqlalchemy.exc import InterfaceError, OperationalError

from functions.api import auth, catalogue, connections, generations, me, media, operations, posts, projects, queue_slots, reels, renders, social_accounts
from functions.api.call import require_creator
from functions.api.problem import answer_problem, invalid_input
from functions.api.read_body import read_json
from functions.api.routes import PAGE_MARK
from functions.bootstrap import World, load_world
from reelwright.kit.errors import BadRequest, FieldError, InvalidInput, NotFound, NotSignedIn, ReelwrightError, TooLarge, Unavailable, UnsupportedMedia

Event = dict[str, Any]
Handler = Callable[[Event, Any], Event]
PREFIX = "/v1"
MAX_BODY_BYTES = 1_000_000
MAX_ANSWER_BYTES = 6_000_000  # Lambda's own limit is 6 MiB for the whole answer
DATABASE_RETRY_SECONDS = 5
_ID = re.compile(r"[a-z]+_[0-9a-hjkmnp-tv-z]{26}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._=+/-]{1,64}")
_UNEXPECTED = "Our server could not do this. Nothing was changed. Try again; if it stays, tell us the request id."


@lru_cache(maxsize=1)
def build_app() -> APIGatewayHttpResolver:
    """The resolver with every route. One per process: the routers of the library know only one."""
    app = APIGatewayHttpResolver(enable_validation=True, json_body_deserializer=read_json)
    for resource in (auth, me, media, projects, generations, reels, renders, posts, queue_slots, connections, social_accounts, catalogue, operations):
        app.include_router(resource.routes, prefix=PREFIX)
    app.use(middlewares=[_check_request])
    _add_error_handlers(app)
    return app


def handler_of(world: Callable[[], World]) -> Handler:
    """The Lambda handler. One event at a time: the resolver keeps the current event."""
    app = build_app()
    logger = Logger(service="api")

    def handle(event: Event, context: Any) -> Event:
        begun = time.perf_counter()
        request_id = _request_id(event)
        is_head = event["requestContext"]["http"]["method"] == "HEAD"
        event = _as_declared(event)
        app.append_context(world=world(), request_id=request_id, logger=logger)  # type: ignore[no-untyped-call]
        answer = _answer(app, event, context, request_id)
        milliseconds = (time.perf_counter() - begun) * 1000
        headers = {"X-Request-Id": request_id, "Cache-Control": "no-store", "Server-Timing": f"handler;dur={milliseconds:.1f}"}
        answer["statusCode"], answer["body"] = int(answer["statusCode"]), "" if is_head else answer.get("body") or ""
        answer["headers"] = {**headers, **(answer.get("headers") or {})}
        http = event["requestContext"]["http"]
        facts = {"request_id": request_id, "method": http["method"], "path": http["path"], "status": answer["statusCode"]}
        logger.info("request", extra={**facts, "milliseconds": round(milliseconds, 1)})
        return answer

    return handle


def _answer(app: APIGatewayHttpResolver, event: Event, context: Any, request_id: str) -> Event:
    if len(event.get("body") or "") > MAX_BODY_BYTES:
        return _plain(
            answer_problem(TooLarge("A request may have 1 MB. Photos and clips are uploaded to the address that /v1/media/uploads gives."), request_id)
        )
    content_type = {name.lower(): value for name, value in (event.get("headers") or {}).items()}.get("content-type", "application/json")
    if event.get("body") and not content_type.strip().lower().startswith("application/json"):
        return _plain(answer_problem(UnsupportedMedia("Send application/json."), request_id))
    answer = app.resolve(event, context)
    if len(json.dumps(answer)) > MAX_ANSWER_BYTES:
        return _plain(answer_problem(TooLarge("The answer is larger than 6 MB. Ask for fewer at once, with limit."), request_id))
    return answer


def _as_declared(event: Event) -> Event:
    """The request as routes are declared: HEAD is a GET whose body is left out."""
    context = event["requestContext"]
    if context["http"]["method"] != "HEAD":
        return event
    return {**event, "requestContext": {**context, "http": {**context["http"], "method": "GET"}}}


def _plain(response: Response[str]) -> Event:
    return {"statusCode": response.status_code, "headers": dict(response.headers), "body": response.body, "isBase64Encoded": False, "cookies": []}


def _request_id(event: Event) -> str:
    """The caller's own id where it sent a usable one, else the gateway's."""
    sent = {name.lower(): value for name, value in (event.get("headers") or {}).items()}.get("x-request-id", "")
    for candidate in (sent, event["requestContext"].get("requestId", "")):
        if _REQUEST_ID.fullmatch(candidate):
            return str(candidate)
    return secrets.token_hex(8)


def _check_request(app: APIGatewayHttpResolver, next_middleware: Callable[..., Response[Any]]) -> Response[Any]:
    """Refuses who is not signed in, query parameters nobody declared, and ids that cannot be ours before they reach the database."""
    route = app.context["_route"]
    refusal = _missing_sign_in(app)
    if refusal is not None:
        raise refusal
    if route.tags:  # the resolver makes a route of its own for what it does not find
        known = (
            set(app.current_event.query_string_parameters)
            if PAGE_MARK in (route.openapi_extensions or {})
            else {field.alias for field in route.dependant.query_params}
        )
        unknown = [FieldError(name, "There is no parameter of this name.") for name in app.current_event.query_string_parameters if name not in known]
        if unknown:
            raise InvalidInput(f"This route does not know {', '.join(field.pointer for field in unknown)}.", errors=unknown)
        spoilt = [FieldError(name, "It holds a zero byte.") for name, value in app.current_event.query_string_parameters.items() if "\x00" in value]
        if spoilt and PAGE_MARK not in (route.openapi_extensions or {}):
            raise InvalidInput(f"Take the character that is no text out of {', '.join(field.pointer for field in spoilt)}.", errors=spoilt)
        names = {field.name for field in route.dependant.path_params if field.name.endswith("_id")}
        if any(not _ID.fullmatch(str(value)) for name, value in app.context["_route_args"].items() if name in names):
            raise NotFound("There is nothing of this id among yours.")
    return next_middleware(app)


def _missing_sign_in(app: APIGatewayHttpResolver) -> NotSignedIn | None:
    """The refusal where the route is for creators and nobody is signed in."""
    if not app.context["_route"].security:
        return None
    try:
        require_creator(app.current_event)
    except NotSignedIn as refusal:
        return refusal
    return None


def _add_error_handlers(app: APIGatewayHttpResolver) -> None:
    def answer(error: ReelwrightError) -> Response[str]:
        # The library validates before any middleware; who is not signed in shall not be told about fields.
        return answer_problem(_missing_sign_in(app) or error, app.context.get("request_id", ""))

    def unexpected(error: Exception) -> Response[str]:
        app.context["logger"].exception("request failed", exc_info=error, extra={"request_id": app.context.get("request_id", "")})
        return answer(ReelwrightError(_UNEXPECTED))

    def no_database(error: Exception) -> Response[str]:
        app.context["logger"].error("no database", extra={"error": type(error).__name__})
        return answer(Unavailable("The database does not answer. Try again in a few seconds.", retry_after_seconds=DATABASE_RETRY_SECONDS))

    def invalid(error: Exception) -> Response[str]:
        found = error.errors() if isinstance(error, RequestValidationError) else []
        return answer(invalid_input(found, app.current_event.json_body))

    app.exception_handler(ReelwrightError)(answer)
    app.exception_handler(RequestValidationError)(invalid)
    app.exception_handler(NotFoundError)(lambda _: answer(NotFound("There is no such route. GET /v1/openapi.json lists all.")))
    app.exception_handler(UnicodeDecodeError)(lambda _: answer(BadRequest("The body is not UTF-8 text.")))
    app.exception_handler([OperationalError, InterfaceError])(no_database)
    app.exception_handler(Exception)(unexpected)


handler = handler_of(load_world)
