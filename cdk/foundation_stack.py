"""What must survive a redeployment: network, database, files, secrets, images and the roles that may touch them."""

from __future__ import annotations

from typing import Any

from aws_cdk import Stack
from constructs import Construct

from cdk.database import Database
from cdk.grant_keys import GrantKeys
from cdk.identities import Identities
from cdk.image_repositories import ImageRepositories
from cdk.media_bucket import MediaBucket
from cdk.network import Network
from cdk.stage import Stage
from cdk.token_keys import TokenKeys


class Foundation(Construct):
    """Everything with a state or a name that others keep."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        self.identities = Identities(self, "Identities")
        self.network = Network(self, "Network", stage=stage)
        self.database = Database(self, "Database", stage=stage, network=self.network)
        self.media_bucket = MediaBucket(self, "Media", stage=stage, identities=self.identities)
        self.token_keys = TokenKeys(self, "TokenKeys")
        self.grant_keys = GrantKeys(self, "GrantKeys", stage=stage)
        self.images = None if stage.is_local else ImageRepositories(self, "Images")


class FoundationStack(Stack):
    """The foundation in the cloud."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage, **options: Any) -> None:
        super().__init__(scope, construct_id, termination_protection=True, **options)
        self.foundation = Foundation(self, "Foundation", stage=stage)
