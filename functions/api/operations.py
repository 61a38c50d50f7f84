"""Whether the API is alive, and its own description."""

from __future__ import annotations

import json
from typing import Any

from aws_lambda_powertools.event_handler import Response

from functions.api.answers import Answer, shown
from functions.api.routes import Routes
from reelwright import __version__

routes = Routes("operations")


class Health(Answer):
    """The API answers. Nothing is said about what stands behind it."""

    model_config = shown({"status": "ok", "version": __version__})

    status: str = "ok"
    version: str = __version__


@routes.serve("GET", "/health", "Whether the API answers", is_public=True)
def get_health() -> Health:
    return Health()


@routes.serve("GET", "/openapi.json", "This API as an OpenAPI document", is_public=True)
def get_openapi() -> Response[Any]:
    from functions.api.document import describe_api  # noqa: PLC0415  # half a second that only readers of the document wait

    return Response(200, content_type="application/json", body=json.dumps(describe_api(routes.api_resolver)))
