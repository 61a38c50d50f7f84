"""Fixed names. Functions know the storyboards by name, so that neither has to be made before the other."""

from __future__ import annotations

from aws_cdk import ArnFormat, Stack
from constructs import Construct

INGEST_MEDIA = "ingest_media"
GENERATE_REEL = "generate_reel"
RENDER_REEL = "render_reel"
PUBLISH_POST = "publish_post"
STORYBOARDS = (INGEST_MEDIA, GENERATE_REEL, RENDER_REEL, PUBLISH_POST)
POST_TIMERS = "reelwright-posts"


def machine_name(storyboard: str) -> str:
    """'ingest_media' → 'reelwright-ingest-media'."""
    return f"reelwright-{storyboard.replace('_', '-')}"


def machine_arn(scope: Construct, storyboard: str) -> str:
    """The ARN that the storyboard's state machine has or will have."""
    return Stack.of(scope).format_arn(
        service="states", resource="stateMachine", resource_name=machine_name(storyboard), arn_format=ArnFormat.COLON_RESOURCE_NAME
    )


def function_name(folder: str) -> str:
    """'publishing' → 'reelwright-publishing'."""
    return f"reelwright-{folder}"


def function_arn(scope: Construct, folder: str) -> str:
    """The ARN that the function of this folder has or will have."""
    return Stack.of(scope).format_arn(service="lambda", resource="function", resource_name=function_name(folder), arn_format=ArnFormat.COLON_RESOURCE_NAME)


def executions_arn(scope: Construct) -> str:
    """Every execution of every storyboard of the product."""
    return Stack.of(scope).format_arn(service="states", resource="execution", resource_name="reelwright-*", arn_format=ArnFormat.COLON_RESOURCE_NAME)


def word(storyboard: str) -> str:
    """'ingest_media' → 'IngestMedia', as constructs and outputs are called."""
    return "".join(part.title() for part in storyboard.split("_"))
