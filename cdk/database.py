"""The record: PostgreSQL on Aurora Serverless v2. Locally only its secret, because PostgreSQL runs beside the emulator."""

from __future__ import annotations

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_logs as logs
from aws_cdk import aws_rds as rds
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from cdk.network import Network
from cdk.stage import Stage

SECRET_NAME = "reelwright/database"  # noqa: S105  # a name, not a secret
CLUSTER_NAME = "reelwright"
DATABASE_NAME = "reelwright"
PORT = 5433
SMALLEST_CAPACITY_UNITS = 0
LARGEST_CAPACITY_UNITS = 8
KEPT_BACKUP_DAYS = 14
PAUSE_AFTER_MINUTES = 30


class Database(Construct):
    """The cluster and the secret with its address and password (JSON: username, password, host, port, dbname)."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage, network: Network) -> None:
        super().__init__(scope, construct_id)
        if stage.is_local:
            self.secret: secretsmanager.ISecret = secretsmanager.Secret(self, "Secret", secret_name=SECRET_NAME)
            return
        log = logs.LogGroup(self, "Log", log_group_name=f"/aws/rds/cluster/{CLUSTER_NAME}/postgresql", retention=logs.RetentionDays.ONE_MONTH)
        cluster = self._cluster(network)
        cluster.node.add_dependency(log)
        cluster.connections.allow_default_port_from(network.work_security_group, "Functions and tasks")
        assert cluster.secret is not None  # noqa: S101  # from_generated_secret always makes one
        self.secret = cluster.secret

    def _cluster(self, network: Network) -> rds.DatabaseCluster:
        return rds.DatabaseCluster(
            self,
            "Cluster",
            cluster_identifier=CLUSTER_NAME,
            engine=rds.DatabaseClusterEngine.aurora_postgres(version=rds.AuroraPostgresEngineVersion.VER_17_9),
            credentials=rds.Credentials.from_generated_secret("reelwright", secret_name=SECRET_NAME),
            default_database_name=DATABASE_NAME,
            port=PORT,
            writer=rds.ClusterInstance.serverless_v2("Writer", publicly_accessible=False),
            serverless_v2_min_capacity=SMALLEST_CAPACITY_UNITS,
            serverless_v2_max_capacity=LARGEST_CAPACITY_UNITS,
            serverless_v2_auto_pause_duration=Duration.minutes(PAUSE_AFTER_MINUTES),
            vpc=network.vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
            storage_encrypted=True,
            iam_authentication=True,
            deletion_protection=True,
            removal_policy=RemovalPolicy.RETAIN,
            backup=rds.BackupProps(retention=Duration.days(KEPT_BACKUP_DAYS)),
            cloudwatch_logs_exports=["postgresql"],
            copy_tags_to_snapshot=True,
        )
