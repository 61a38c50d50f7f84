"""The local platform's stack: the same two halves as in the cloud, in one template."""

from __future__ import annotations

from typing import Any

from aws_cdk import Stack
from constructs import Construct

from cdk.application_stack import Application
from cdk.foundation_stack import Foundation
from cdk.stage import Stage


class LocalStack(Stack):
    """Foundation and application together; what the local platform cannot run is left out by each construct."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage, **options: Any) -> None:
        super().__init__(scope, construct_id, **options)
        foundation = Foundation(self, "Foundation", stage=stage)
        Application(self, "Application", stage=stage, foundation=foundation)
