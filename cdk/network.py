"""The network: functions and tasks sit in private subnets and leave through one small NAT instance."""

from __future__ import annotations

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_logs as logs
from constructs import Construct

from cdk.stage import Stage

ZONES = 2
ADDRESSES = "10.0.0.0/16"


class Network(Construct):
    """VPC in two zones, the subnets that work runs in, and the security group of everything that runs."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        self.vpc = self._local_vpc() if stage.is_local else self._cloud_vpc(stage)
        kind = ec2.SubnetType.PRIVATE_ISOLATED if stage.is_local else ec2.SubnetType.PRIVATE_WITH_EGRESS
        self.work_subnets = self.vpc.select_subnets(subnet_type=kind)
        self.work_security_group = ec2.SecurityGroup(
            self, "Work", vpc=self.vpc, description="Functions and render tasks: nothing comes in, everything may go out", allow_all_outbound=True
        )

    def _local_vpc(self) -> ec2.Vpc:
        return ec2.Vpc(self, "Vpc", max_azs=ZONES, nat_gateways=0, subnet_configuration=[_subnets("Work", ec2.SubnetType.PRIVATE_ISOLATED)])

    def _cloud_vpc(self, stage: Stage) -> ec2.Vpc:
        provider = _nat_instance() if stage.nat == "instance" else ec2.NatProvider.gateway()
        vpc = ec2.Vpc(
            self,
            "Vpc",
            ip_addresses=ec2.IpAddresses.cidr(ADDRESSES),
            max_azs=ZONES,
            nat_gateways=1,
            nat_gateway_provider=provider,
            subnet_configuration=[
                _subnets("Public", ec2.SubnetType.PUBLIC),
                _subnets("Work", ec2.SubnetType.PRIVATE_WITH_EGRESS),
                _subnets("Data", ec2.SubnetType.PRIVATE_ISOLATED),
            ],
            # Files are most of the traffic; by the gateway endpoint it costs nothing and leaves the NAT instance alone.
            gateway_endpoints={"S3": ec2.GatewayVpcEndpointOptions(service=ec2.GatewayVpcEndpointAwsService.S3)},
        )
        if isinstance(provider, ec2.NatInstanceProviderV2):
            _protect_instance(provider)
        self._log_flows(vpc)
        return vpc

    def _log_flows(self, vpc: ec2.Vpc) -> None:
        kept = logs.LogGroup(self, "Flows", retention=logs.RetentionDays.ONE_MONTH)
        vpc.add_flow_log("Rejected", destination=ec2.FlowLogDestination.to_cloud_watch_logs(kept), traffic_type=ec2.FlowLogTrafficType.REJECT)


def _subnets(name: str, kind: ec2.SubnetType) -> ec2.SubnetConfiguration:
    return ec2.SubnetConfiguration(name=name, subnet_type=kind, cidr_mask=22, map_public_ip_on_launch=True if kind == ec2.SubnetType.PUBLIC else None)


def _nat_instance() -> ec2.NatInstanceProviderV2:
    return ec2.NatProvider.instance_v2(
        instance_type=ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.NANO),
        machine_image=ec2.MachineImage.latest_amazon_linux2023(cpu_type=ec2.AmazonLinuxCpuType.ARM_64),
        default_allowed_traffic=ec2.NatTrafficDirection.OUTBOUND_ONLY,
    )


def _protect_instance(provider: ec2.NatInstanceProviderV2) -> None:
    provider.security_group.add_ingress_rule(ec2.Peer.ipv4(ADDRESSES), ec2.Port.all_traffic(), "From the private subnets, on their way out")
    for instance in provider.gateway_instances:
        resource = instance.node.default_child
        resource.disable_api_termination = True
        # Everything leaves through this one machine: one-minute figures are worth their two dollars a month.
        resource.monitoring = True
        resource.block_device_mappings = [
            ec2.CfnInstance.BlockDeviceMappingProperty(device_name="/dev/xvda", ebs=ec2.CfnInstance.EbsProperty(encrypted=True, volume_type="gp3"))
        ]
        resource.metadata_options = ec2.CfnInstance.MetadataOptionsProperty(http_tokens="required")
