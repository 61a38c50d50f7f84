"""Where the container images are kept; a deployment names the tag, so that synthesis needs no Docker."""

from __future__ import annotations

from aws_cdk import RemovalPolicy
from aws_cdk import aws_ecr as ecr
from constructs import Construct

KEPT_IMAGES = 10


class ImageRepositories(Construct):
    """One repository per folder of containers/ that has a Dockerfile."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.media = self._repository("Media", "reelwright/media")
        self.renderer = self._repository("Renderer", "reelwright/renderer")

    def _repository(self, construct_id: str, name: str) -> ecr.Repository:
        return ecr.Repository(
            self,
            construct_id,
            repository_name=name,
            image_scan_on_push=True,
            image_tag_mutability=ecr.TagMutability.IMMUTABLE,
            removal_policy=RemovalPolicy.RETAIN,
            lifecycle_rules=[ecr.LifecycleRule(max_image_count=KEPT_IMAGES)],
        )
