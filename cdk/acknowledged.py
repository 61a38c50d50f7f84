"""The findings of cdk-nag that stand, each with its construct and its reason. A test counts them: 15 at most."""

from __future__ import annotations

from aws_cdk import Acknowledgment, App, Validations
from constructs import IConstruct

FOUNDATION = "ReelwrightFoundation/Foundation"
APPLICATION = "ReelwrightApplication/Application"
ON_EVERYTHING = "AwsSolutions-IAM5[Resource::*]"
EXECUTIONS = "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:reelwright-*]"
TIMERS = "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule/reelwright-posts/post_*]"
GPU_HOST = "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role]"

# Each row: the construct, the finding, the reason.
ACKNOWLEDGED: tuple[tuple[str, str, str], ...] = (
    (
        f"{FOUNDATION}/Identities/JoinNetwork/Resource",
        ON_EVERYTHING,
        "Lambda makes a function's network interfaces with these five actions, and AWS describes interfaces and subnets only on every resource.",
    ),
    (
        f"{FOUNDATION}/Database/Cluster/Secret/Resource",
        "AwsSolutions-SMG4",
        "A process reads the password once and keeps its connection; rotation comes with the release that reads it again when it is refused.",
    ),
    (
        f"{FOUNDATION}/TokenKeys/Secret/Resource",
        "AwsSolutions-SMG4",
        "A new key pair signs everybody out unless the old public key is still accepted for a while; the operator changes it by hand until then.",
    ),
    (
        f"{FOUNDATION}/GrantKeys/Apps/Resource",
        "AwsSolutions-SMG4",
        "The platforms hand out these credentials in their consoles, each by hand; nobody but a person can change them.",
    ),
    (
        f"{APPLICATION}/HttpApi",
        "AwsSolutions-APIG4",
        "Signing in, health, the API's document, the public keys and the way back from a consent page have no token; a test names them all.",
    ),
    (
        f"{APPLICATION}/FollowExecutions/Resource",
        EXECUTIONS,
        "An execution's ARN ends with the id of the row that it serves, which is not known here; the prefix is the product's own.",
    ),
    (
        f"{APPLICATION}/Storyboards/Observe/Resource",
        ON_EVERYTHING,
        "AWS grants log delivery and tracing only on every resource; following tasks is held to the product's cluster by a condition.",
    ),
    (
        f"{APPLICATION}/RenderTask/ExecutionRole/DefaultPolicy/Resource",
        ON_EVERYTHING,
        "The star is for ecr:GetAuthorizationToken alone, which knows no resource; pulling is allowed from one repository.",
    ),
    (
        f"{APPLICATION}/RenderTask/Definition/Resource",
        "AwsSolutions-ECS2",
        "The variables are names and addresses; the one secret among the settings is read from Secrets Manager by the task itself.",
    ),
    (
        f"{APPLICATION}/GpuQueue/Machines/InstanceProfileRole/Resource",
        GPU_HOST,
        "The ECS agent on a Batch machine needs what this managed policy lists, and AWS keeps it in step with the agent.",
    ),
    (
        f"{APPLICATION}/PostTimers/Plan/Resource",
        TIMERS,
        "A timer's name begins with the id of the post that it serves, which is not known here; the group is the product's own.",
    ),
    (
        f"{APPLICATION}/Functions",
        "AwsSolutions-L1",
        "Python 3.13 is the newest that a pinned dependency (replicate) loads on, and all share one layer of libraries.",
    ),
)


def acknowledge(app: App) -> None:
    """Record each at its construct, for it and what is in it. Raises KeyError when a construct is not there any more."""
    for path, finding, reason in ACKNOWLEDGED:
        Validations.of(_construct_at(app, path)).acknowledge(Acknowledgment(id=f"AwsSolutions::{finding}", reason=reason))


def _construct_at(app: App, path: str) -> IConstruct:
    construct: IConstruct = app
    for name in path.split("/"):
        found = construct.node.try_find_child(name)
        if found is None:
            raise KeyError(f"{path} is acknowledged, but {name} is not there.")
        construct = found
    return construct
