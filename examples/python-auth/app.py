from typing import Any, Mapping, Optional, Union

from aws_cdk import App, CfnOutput, Stack, aws_apigateway as apigateway, aws_kms as kms, aws_lambda as lambda_
from cdk_genai_image_api import ApiAuth, ApiAuthBinding, ComputeOptions, GenAiImageApi, LimitOptions, NetworkOptions, OwnerSource
from constructs import Construct


class TenantAuth(ApiAuth):
    """Authenticates callers with a Lambda authorizer. Each image belongs to one user of one tenant."""

    def bind(
        self,
        scope: Construct,
        *,
        rest_api: apigateway.RestApi,
        compute: Union[ComputeOptions, Mapping[str, Any]],
        limits: Union[LimitOptions, Mapping[str, Any]],
        encryption_key: Optional[kms.IKey] = None,
        network: Optional[Union[NetworkOptions, Mapping[str, Any]]] = None,
    ) -> ApiAuthBinding:
        handler = lambda_.Function(
            scope,
            "TenantAuthorizerHandler",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            # Denies every request. Replace this code with your own authorizer.
            code=lambda_.Code.from_inline("def handler(event, context): raise Exception('Unauthorized')"),
        )
        authorizer = apigateway.TokenAuthorizer(scope, "TenantAuthorizer", handler=handler)
        return ApiAuthBinding(
            method_options=apigateway.MethodOptions(
                authorization_type=apigateway.AuthorizationType.CUSTOM, authorizer=authorizer
            ),
            owner=OwnerSource.authorizer("tenant", "principalId"),
        )


app = App()
stack = Stack(app, "PythonAuth")
images = GenAiImageApi(stack, "Images", auth=TenantAuth())
CfnOutput(stack, "ImagesUrl", value=images.url)
app.synth()
