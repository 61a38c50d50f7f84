"""How a route is declared: its summary, its answer and its errors stand beside it and become the API's document."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.problem import PROBLEM_TYPE
from reelwright.kit.errors import BadRequest, InvalidInput, NotSignedIn, ReelwrightError, Unavailable

Function = TypeVar("Function", bound=Callable[..., Any])
PROBLEM_REFERENCE = "#/components/schemas/Problem"
PAGE_MARK = "x-page"
_PAGE = {"content": {"text/html": {"schema": {"type": "string"}, "example": "<!doctype html><title>Instagram is connected</title>…"}}}


class Routes(APIGatewayHttpRouter):
    """The routes of one resource."""

    def __init__(self, resource: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._resource = resource

    def serve(
        self,
        method: str,
        path: str,
        summary: str,
        *errors: type[ReelwrightError],
        status: int = HTTPStatus.OK,
        is_public: bool = False,
        is_page: bool = False,
    ) -> Callable[[Function], Function]:
        """Declares the function below as the answer to ``method path``; its name is the operation's id.

        ``errors`` are those of its own; not signed in, invalid input, unavailable and unexpected ones are everybody's.
        ``is_page``: a page for a browser, which may bring any parameters of somebody else's.
        """
        expected = {*errors, BadRequest, InvalidInput, Unavailable, ReelwrightError, *(() if is_public else (NotSignedIn,))}

        def declare(function: Function) -> Function:
            responses = {int(status): {"description": HTTPStatus(status).phrase, **(_PAGE if is_page else {})}}
            for code in sorted({error.status for error in expected}):
                title = "; ".join(sorted({error.title for error in expected if error.status == code}))
                responses[code] = {"description": title, "content": {PROBLEM_TYPE: {"schema": {"$ref": PROBLEM_REFERENCE}}}}
            name = "".join(word.capitalize() if number else word for number, word in enumerate(function.__name__.split("_")))
            self.route(
                path,
                method,
                summary=summary,
                description=function.__doc__,
                tags=[self._resource],
                operation_id=name,
                responses=responses,  # type: ignore[arg-type]
                openapi_extensions={PAGE_MARK: True} if is_page else None,
                security=None if is_public else [{"bearer": []}],
                status_code=int(status),
            )(function)
            return function

        return declare
