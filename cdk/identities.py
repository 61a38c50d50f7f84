"""The roles of the product's functions and tasks; what each may do stands with the thing that it is done to."""

from __future__ import annotations

from aws_cdk import aws_iam as iam
from constructs import Construct

FUNCTIONS = ("api", "authorizer", "media", "generation", "operations", "publishing")
IN_THE_NETWORK = ("api", "media", "generation", "operations", "publishing")
RENDERER = "renderer"


class Identities(Construct):
    """One role per function folder and one for the render task, by name in ``roles``."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.roles: dict[str, iam.Role] = {
            name: iam.Role(
                self,
                name.title(),
                role_name=f"reelwright-{name}",
                assumed_by=iam.ServicePrincipal("ecs-tasks.amazonaws.com" if name == RENDERER else "lambda.amazonaws.com"),
            )
            for name in (*FUNCTIONS, RENDERER)
        }
        self.join_network = iam.ManagedPolicy(
            self,
            "JoinNetwork",
            description="Lets a function have a network interface in the VPC",
            statements=[
                iam.PolicyStatement(
                    actions=[
                        "ec2:CreateNetworkInterface",
                        "ec2:DescribeNetworkInterfaces",
                        "ec2:DescribeSubnets",
                        "ec2:DeleteNetworkInterface",
                        "ec2:AssignPrivateIpAddresses",
                        "ec2:UnassignPrivateIpAddresses",
                    ],
                    resources=["*"],
                )
            ],
            roles=[self.roles[name] for name in IN_THE_NETWORK],
        )
