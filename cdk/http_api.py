"""The HTTP API: every route is the api Lambda's; the authorizer stands before all that is not public."""

from __future__ import annotations

import json
from collections.abc import Sequence

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

GET = apigateway.HttpMethod.GET
ANY = apigateway.HttpMethod.ANY
PROTECTED = ("/v1/{proxy+}", ANY)
# More special paths win over PROTECTED.
PUBLIC = {
    "SignIn": ("/v1/auth/{proxy+}", ANY),
    "Health": ("/v1/health", ANY),  # monitors ask with HEAD too
    "OpenApi": ("/v1/openapi.json", GET),
    "TokenKeys": ("/v1/.well-known/jwks.json", GET),
    "Consent": ("/v1/oauth/{proxy+}", GET),  # a browser that comes back from a platform has no token
}
REQUESTS_PER_SECOND = 100
BURST_REQUESTS = 200
LOGGED = ("requestId", "routeKey", "status", "responseLatency", "integrationLatency", "responseLength", "sourceIp", "requestTime")


class HttpApi(Construct):
    """``url`` needs no function, so that functions may know it; ``answer`` adds the routes afterwards."""

    def __init__(self, scope: Construct, construct_id: str, *, origins: Sequence[str]) -> None:
        super().__init__(scope, construct_id)
        self.api = apigateway.HttpApi(
            self,
            "Api",
            api_name="reelwright",
            create_default_stage=False,
            cors_preflight=apigateway.CorsPreflightOptions(
                allow_origins=list(origins),
                allow_methods=[apigateway.CorsHttpMethod.ANY],
                allow_headers=["authorization", "content-type", "idempotency-key", "if-match"],
                expose_headers=["etag", "location", "retry-after"],
                max_age=Duration.hours(1),
            ),
        )
        self.url = f"https://{self.api.http_api_id}.execute-api.{Stack.of(self).region}.{Stack.of(self).url_suffix}"
        self._stage()

    def answer(self, api: lambda_.IFunction, authorizer: lambda_.IFunction) -> None:
        """Send every route to ``api``; ask ``authorizer`` first where a route is not public."""
        integration = integrations.HttpLambdaIntegration("ApiFunction", api)
        gate = authorizers.HttpLambdaAuthorizer(
            "Authorizer",
            authorizer,
            authorizer_name="reelwright",
            response_types=[authorizers.HttpLambdaResponseType.SIMPLE],
            # Without a source the gateway asks for every request, the unsigned too: it never refuses in words of its own,
            # and nothing is remembered for a token that is over.
            identity_source=[],
            results_cache_ttl=Duration.seconds(0),
        )
        self._route("Default", apigateway.HttpRouteKey.DEFAULT, integration, gate)
        for name, (path, method) in PUBLIC.items():
            self._route(name, apigateway.HttpRouteKey.with_(path, method), integration)
        self._route("Protected", apigateway.HttpRouteKey.with_(*PROTECTED), integration, gate)

    def _route(
        self, name: str, key: apigateway.HttpRouteKey, integration: apigateway.HttpRouteIntegration, gate: apigateway.IHttpRouteAuthorizer | None = None
    ) -> None:
        apigateway.HttpRoute(self, name, http_api=self.api, route_key=key, integration=integration, authorizer=gate)

    def _stage(self) -> None:
        log = logs.LogGroup(self, "Log", log_group_name="/reelwright/requests", retention=logs.RetentionDays.ONE_MONTH, removal_policy=RemovalPolicy.DESTROY)
        stage = apigateway.HttpStage(
            self,
            "Stage",
            http_api=self.api,
            stage_name="$default",
            auto_deploy=True,
            throttle=apigateway.ThrottleSettings(rate_limit=REQUESTS_PER_SECOND, burst_limit=BURST_REQUESTS),
        )
        line = json.dumps({name: f"$context.{'identity.' if name == 'sourceIp' else ''}{name}" for name in LOGGED})
        stage.node.default_child.access_log_settings = apigateway.CfnStage.AccessLogSettingsProperty(destination_arn=log.log_group_arn, format=line)
