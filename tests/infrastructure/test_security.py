"""What must hold in the cloud whatever else changes: private, encrypted, least privilege, every exception named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from local.synthesize import REPOSITORY
from reelwright.kit.settings import Settings
from reelwright.publishing.settle_post import ABSENT_AFTER

MOST_ACKNOWLEDGEMENTS = 15
STORYBOARDS = ("INGEST_MEDIA", "GENERATE_REEL", "RENDER_REEL", "PUBLISH_POST")
SHORTEST_REASON_LETTERS = 40


def statements(synthesized) -> Iterator[dict[str, Any]]:
    """Every statement that a role of ours may act by, resource policies included."""
    for kind in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::S3::BucketPolicy"):
        for properties in synthesized.resources(kind).values():
            yield from properties["PolicyDocument"]["Statement"]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_nag_finds_nothing_that_is_not_acknowledged(synthesized) -> None:
    (report,) = [report for report in synthesized.report["pluginReports"] if report["pluginName"] == "AwsSolutions"]
    assert report["conclusion"] == "success"
    assert report["violations"] == []


def test_every_acknowledgement_is_used_and_there_are_few(synthesized) -> None:
    (report,) = [report for report in synthesized.report["pluginReports"] if report["pluginName"] == "AwsSolutions"]
    suppressed = {
        (construct["constructPath"], violation["ruleName"]) for violation in report["suppressedViolations"] for construct in violation["violatingConstructs"]
    }
    used = {
        (path, finding)
        for path, finding, _ in synthesized.acknowledged
        for construct, rule in suppressed
        if rule == finding and (construct == path or construct.startswith(f"{path}/"))
    }
    assert used == {(path, finding) for path, finding, _ in synthesized.acknowledged}
    assert len({rule for _, rule in suppressed}) == len({finding for _, finding, _ in synthesized.acknowledged})
    assert len(synthesized.acknowledged) <= MOST_ACKNOWLEDGEMENTS
    assert all(len(reason) >= SHORTEST_REASON_LETTERS for _, _, reason in synthesized.acknowledged)


def test_acknowledgements_stand_in_one_place_only() -> None:
    naming = {path.name for path in (REPOSITORY / "cdk").glob("*.py") if ".acknowledge(" in path.read_text() or "add_metadata" in path.read_text()}
    assert naming == {"acknowledged.py"}


def test_every_bucket_is_private_and_encrypted(synthesized) -> None:
    buckets = synthesized.resources("AWS::S3::Bucket")
    assert buckets
    for properties in buckets.values():
        assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
        assert properties["BucketEncryption"]


def test_every_bucket_refuses_plain_http_and_old_tls(synthesized) -> None:
    policies = synthesized.resources("AWS::S3::BucketPolicy").values()
    assert len(policies) == len(synthesized.resources("AWS::S3::Bucket"))
    for properties in policies:
        denied = [statement["Condition"] for statement in properties["PolicyDocument"]["Statement"] if statement["Effect"] == "Deny"]
        assert {"Bool": {"aws:SecureTransport": "false"}} in denied
        assert {"NumericLessThan": {"s3:TlsVersion": 1.2}} in denied


def test_no_action_is_a_wildcard(synthesized) -> None:
    allowed = [action for statement in statements(synthesized) if statement["Effect"] == "Allow" for action in listed(statement["Action"])]
    assert len(allowed) > 50
    assert [action for action in allowed if "*" in action] == []


def test_what_is_allowed_on_everything_is_acknowledged_or_held_by_a_condition(synthesized) -> None:
    on_everything = {
        action
        for statement in statements(synthesized)
        if statement["Effect"] == "Allow" and "*" in listed(statement["Resource"]) and "Condition" not in statement
        for action in listed(statement["Action"])
    }
    services = {action.split(":")[0] for action in on_everything}
    assert services == {"ec2", "ecr", "logs", "xray"}


def test_files_are_allowed_by_role_and_prefix_only(synthesized) -> None:
    objects = [s for s in statements(synthesized) if s["Effect"] == "Allow" and any(a.startswith("s3:") and a != "s3:ListBucket" for a in listed(s["Action"]))]
    ours = [s for s in objects if "AWS" in s["Principal"]]
    assert len(ours) > 10
    for statement in ours:
        tail = str(listed(statement["Resource"])[0]["Fn::Join"][1][-1])
        assert tail in ("/uploads/*", "/media/*", "/generations/*", "/renders/*")
        assert "*" not in str(statement["Principal"])


def test_only_the_api_may_read_the_key_that_signs(synthesized) -> None:
    readers = [
        name
        for name, properties in synthesized.resources("AWS::IAM::Policy").items()
        for statement in properties["PolicyDocument"]["Statement"]
        if "secretsmanager:GetSecretValue" in listed(statement["Action"]) and "TokenKeys" in str(statement["Resource"])
    ]
    assert len(readers) == 1
    assert "Api" in readers[0]


def test_only_who_connects_and_who_posts_may_open_grants(synthesized) -> None:
    policies = synthesized.resources("AWS::IAM::Policy")
    users = {
        name: statement
        for name, properties in policies.items()
        for statement in properties["PolicyDocument"]["Statement"]
        if any(action.startswith("kms:") for action in listed(statement["Action"]))
    }
    assert {"Api" in name or "Publishing" in name for name in users} == {True}
    for statement in users.values():
        assert set(listed(statement["Action"])) == {"kms:GenerateDataKey", "kms:Decrypt"}
        assert "GrantKeys" in str(statement["Resource"])
        assert statement["Condition"] == {"Null": {"kms:EncryptionContext:context": "false"}}
    (key,) = synthesized.resources("AWS::KMS::Key").values()
    assert key["EnableKeyRotation"] is True


def test_only_who_connects_and_who_posts_may_read_our_apps_at_the_platforms(synthesized) -> None:
    readers = {
        name
        for name, properties in synthesized.resources("AWS::IAM::Policy").items()
        for statement in properties["PolicyDocument"]["Statement"]
        if "secretsmanager:GetSecretValue" in listed(statement["Action"]) and "GrantKeys" in str(statement["Resource"])
    }
    assert readers
    assert {"Api" in name or "Publishing" in name for name in readers} == {True}


def test_the_database_is_private_encrypted_kept_and_off_the_standard_port(synthesized) -> None:
    (cluster,) = synthesized.resources("AWS::RDS::DBCluster").values()
    (instance,) = synthesized.resources("AWS::RDS::DBInstance").values()
    assert cluster["StorageEncrypted"] is True
    assert cluster["DeletionProtection"] is True
    assert cluster["Port"] != 5432
    assert instance["PubliclyAccessible"] is False
    ingress = synthesized.resources("AWS::EC2::SecurityGroupIngress").values()
    assert all("SourceSecurityGroupId" in rule for rule in ingress)


def test_nothing_lets_the_whole_world_in(synthesized) -> None:
    for properties in synthesized.resources("AWS::EC2::SecurityGroup").values():
        assert "0.0.0.0/0" not in str(properties.get("SecurityGroupIngress", ""))


def test_every_log_is_forgotten_after_a_while(synthesized) -> None:
    logs = synthesized.resources("AWS::Logs::LogGroup")
    assert len(logs) >= 10
    assert all(properties["RetentionInDays"] <= 90 for properties in logs.values())


def test_everything_that_must_survive_is_retained(synthesized) -> None:
    kept = ("AWS::RDS::DBCluster", "AWS::S3::Bucket", "AWS::ECR::Repository", "AWS::KMS::Key")
    survivors = [resource for resource in synthesized.foundation["Resources"].values() if resource["Type"] in kept]
    assert len(survivors) == 6
    assert {resource["DeletionPolicy"] for resource in survivors} == {"Retain"}
    assert not [resource for resource in synthesized.application["Resources"].values() if resource["Type"] in kept]


def test_every_process_is_told_all_that_depends_on_the_stack(synthesized) -> None:
    wanted = {
        "STAGE",
        "MEDIA_BUCKET",
        "PUBLIC_URL",
        "DATABASE_TLS_CA",
        "DATABASE_SECRET_ARN",
        "TOKEN_KEY_SECRET_ARN",
        "PLATFORM_APPS_SECRET_ARN",
        "ENVELOPE_KEY_ARN",
        "PUBLISHING_FUNCTION_ARN",
        "WAKE_GROUP",
        "WAKE_ROLE_ARN",
    } | {f"{name.upper()}_ARN" for name in STORYBOARDS}
    functions = synthesized.resources("AWS::Lambda::Function").values()
    told = {properties["FunctionName"]: set(properties["Environment"]["Variables"]) for properties in functions}
    assert told.pop("reelwright-authorizer") == {"REELWRIGHT_STAGE", "REELWRIGHT_TOKEN_PUBLIC_KEY"}
    (task,) = synthesized.resources("AWS::ECS::TaskDefinition").values()
    (job,) = synthesized.resources("AWS::Batch::JobDefinition").values()
    told["task"] = {variable["Name"] for variable in task["ContainerDefinitions"][0]["Environment"]}
    told["job"] = {variable["Name"] for variable in job["ContainerProperties"]["Environment"]}
    for variables in told.values():
        assert variables == {f"REELWRIGHT_{name}" for name in wanted}
    assert {name.lower() for name in wanted} <= set(Settings.model_fields)


def test_every_route_but_the_public_ones_asks_the_authorizer(synthesized) -> None:
    routes = {properties["RouteKey"]: properties.get("AuthorizationType", "NONE") for properties in synthesized.resources("AWS::ApiGatewayV2::Route").values()}
    assert {key for key, kind in routes.items() if kind == "NONE"} == {
        "ANY /v1/auth/{proxy+}",
        "ANY /v1/health",
        "GET /v1/openapi.json",
        "GET /v1/.well-known/jwks.json",
        "GET /v1/oauth/{proxy+}",
    }
    assert routes["$default"] == routes["ANY /v1/{proxy+}"] == "CUSTOM"


def test_the_authorizer_is_asked_for_every_request_even_an_unsigned_one(synthesized) -> None:
    (authorizer,) = synthesized.resources("AWS::ApiGatewayV2::Authorizer").values()
    assert authorizer.get("IdentitySource", []) == []
    assert authorizer["AuthorizerResultTtlInSeconds"] == 0


def test_the_gateway_and_the_apis_own_document_agree_on_what_is_public(synthesized) -> None:
    keys = {properties["RouteKey"]: properties.get("AuthorizationType", "NONE") for properties in synthesized.resources("AWS::ApiGatewayV2::Route").values()}
    document = json.loads((REPOSITORY / "docs" / "openapi.json").read_text())
    operations = [(method.upper(), path, operation) for path, methods in document["paths"].items() for method, operation in methods.items()]
    differing = [
        (method, path) for method, path, operation in operations if (keys[most_special_route(keys, method, path)] == "NONE") != (not operation.get("security"))
    ]
    assert len(operations) > 30
    assert differing == []


def most_special_route(keys: dict[str, str], method: str, path: str) -> str:
    """As the gateway chooses: a whole path before the longest greedy one, before ``$default``."""
    fitting = []
    for key in keys:
        wanted, _, pattern = key.partition(" ")
        prefix, greedy, _ = pattern.partition("{proxy+}")
        if wanted in ("ANY", method) and (path == pattern or (greedy and path.startswith(prefix))):
            fitting.append((path == pattern, len(prefix), key))
    return max(fitting)[2] if fitting else "$default"


def test_one_small_instance_is_the_way_out(synthesized) -> None:
    (instance,) = synthesized.resources("AWS::EC2::Instance").values()
    assert instance["InstanceType"] == "t4g.nano"
    assert not synthesized.resources("AWS::EC2::NatGateway")


def test_a_timer_may_call_the_publishing_function_and_nothing_else(synthesized) -> None:
    (name,) = [name for name in synthesized.resources("AWS::IAM::Role") if "PostTimers" in name]
    role = synthesized.resources("AWS::IAM::Role")[name]
    (statement,) = [statement for policy in role["Policies"] for statement in policy["PolicyDocument"]["Statement"]]
    assert listed(statement["Action"]) == ["lambda:InvokeFunction"]
    assert str(statement["Resource"]).count("function:reelwright-publishing") == 1
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_only_who_schedules_and_who_posts_may_plan_timers_and_only_the_products_own(synthesized) -> None:
    (policy,) = [
        properties
        for properties in synthesized.resources("AWS::IAM::ManagedPolicy").values()
        if "scheduler:CreateSchedule" in str(properties["PolicyDocument"])
    ]
    assert len(policy["Roles"]) == 2
    assert all("Api" in str(role) or "Publishing" in str(role) for role in policy["Roles"])
    plan, hand_on = policy["PolicyDocument"]["Statement"]
    assert listed(plan["Action"]) == ["scheduler:CreateSchedule", "scheduler:DeleteSchedule"]
    assert "schedule/reelwright-posts/post_*" in str(plan["Resource"])
    assert hand_on["Condition"] == {"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}}


def test_each_minute_due_posts_are_started(synthesized) -> None:
    rules = {properties["Name"]: properties for properties in synthesized.resources("AWS::Events::Rule").values()}
    assert rules["reelwright-due-posts"]["ScheduleExpression"] == "rate(1 minute)"
    assert rules["reelwright-due-posts"]["Targets"][0]["Input"] == '{"step":"Start Due Posts"}'


def test_a_cut_off_call_is_over_before_an_account_without_the_post_is_believed(synthesized) -> None:
    functions = {properties["FunctionName"]: properties for properties in synthesized.resources("AWS::Lambda::Function").values()}
    assert functions["reelwright-publishing"]["Timeout"] < ABSENT_AFTER.total_seconds()


def test_uploads_reach_the_ingestion_and_each_minute_reconciles(synthesized) -> None:
    rules = {properties["Name"]: properties for properties in synthesized.resources("AWS::Events::Rule").values()}
    arrived = rules["reelwright-upload-arrived"]
    assert arrived["EventPattern"]["detail"]["object"] == {"key": [{"prefix": "uploads/"}]}
    assert arrived["Targets"][0]["InputTransformer"]["InputTemplate"] == '{"step":"Accept Upload","key":<detail-object-key>}'
    assert rules["reelwright-every-minute"]["ScheduleExpression"] == "rate(1 minute)"
    assert rules["reelwright-every-minute"]["Targets"][0]["Input"] == '{"step":"Reconcile"}'


def test_gpu_machines_cost_nothing_while_nobody_renders(synthesized) -> None:
    (machines,) = synthesized.resources("AWS::Batch::ComputeEnvironment").values()
    assert machines["ComputeResources"]["MinvCpus"] == 0
    (job,) = synthesized.resources("AWS::Batch::JobDefinition").values()
    assert {"Type": "GPU", "Value": "1"} in job["ContainerProperties"]["ResourceRequirements"]
