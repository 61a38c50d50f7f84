"""The bucket of all files. Its policy is the one table of which role may do what under which prefix."""

from __future__ import annotations

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from cdk.identities import Identities
from cdk.stage import Stage

LOCAL_NAME = "reelwright-media"
LOCAL_ORIGINS = ("http://127.0.0.1:8787", "http://localhost:8787")
READ, WRITE, DELETE = "s3:GetObject", "s3:PutObject", "s3:DeleteObject"
UNFINISHED_UPLOAD_DAYS = 2
KEPT_ACCESS_LOG_DAYS = 90
KEPT_OLD_VERSION_DAYS = 30

# role → prefix → actions; every key begins with one of these prefixes and, after it, the creator's id.
ALLOWED: dict[str, dict[str, tuple[str, ...]]] = {
    "api": {"uploads": (READ, WRITE, DELETE), "media": (READ, DELETE), "generations": (READ, DELETE), "renders": (READ, DELETE)},
    "media": {"uploads": (READ,), "media": (READ, WRITE, DELETE)},
    "generation": {"media": (READ, WRITE), "generations": (READ, WRITE), "renders": (READ, WRITE)},
    "operations": {"uploads": (READ, DELETE)},
    "publishing": {"renders": (READ,)},
    "renderer": {"media": (READ,), "generations": (READ,), "renders": (READ, WRITE)},
}


class MediaBucket(Construct):
    """Private, encrypted, versioned, TLS only; says on EventBridge when an object has been created."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage, identities: Identities) -> None:
        super().__init__(scope, construct_id)
        self.bucket = s3.Bucket(
            self,
            "Bucket",
            bucket_name=LOCAL_NAME if stage.is_local else None,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            versioned=not stage.is_local,
            removal_policy=RemovalPolicy.RETAIN,
            cors=[_cors(LOCAL_ORIGINS if stage.is_local else stage.web_origins)],
            lifecycle_rules=[] if stage.is_local else _lifecycle(),
            server_access_logs_bucket=None if stage.is_local else self._access_logs(),
        )
        # The template's own property; the construct's switch would add a Lambda that sets it from outside.
        self.bucket.node.default_child.add_property_override("NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled", True)
        for role, prefixes in ALLOWED.items():
            self._allow(identities.roles[role], prefixes)

    def _allow(self, role: iam.Role, prefixes: dict[str, tuple[str, ...]]) -> None:
        name = role.node.id
        self.bucket.add_to_resource_policy(
            iam.PolicyStatement(sid=f"{name}Lists", principals=[role.grant_principal], actions=["s3:ListBucket"], resources=[self.bucket.bucket_arn])
        )
        for prefix, actions in prefixes.items():
            self.bucket.add_to_resource_policy(
                iam.PolicyStatement(
                    sid=f"{name}Uses{prefix.title()}",
                    principals=[role.grant_principal],
                    actions=list(actions),
                    resources=[self.bucket.arn_for_objects(f"{prefix}/*")],
                )
            )

    def _access_logs(self) -> s3.Bucket:
        return s3.Bucket(
            self,
            "AccessLogs",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            removal_policy=RemovalPolicy.RETAIN,
            lifecycle_rules=[s3.LifecycleRule(id="forget", expiration=Duration.days(KEPT_ACCESS_LOG_DAYS))],
        )


def _cors(origins: tuple[str, ...]) -> s3.CorsRule:
    return s3.CorsRule(
        allowed_methods=[s3.HttpMethods.GET, s3.HttpMethods.HEAD, s3.HttpMethods.PUT],
        allowed_origins=list(origins),
        allowed_headers=["content-type", "content-length", "x-amz-*"],
        exposed_headers=["ETag"],
        max_age=3000,
    )


def _lifecycle() -> list[s3.LifecycleRule]:
    return [
        s3.LifecycleRule(id="unfinished-uploads", abort_incomplete_multipart_upload_after=Duration.days(UNFINISHED_UPLOAD_DAYS)),
        s3.LifecycleRule(id="old-versions", noncurrent_version_expiration=Duration.days(KEPT_OLD_VERSION_DAYS)),
    ]
