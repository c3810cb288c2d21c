from aws_cdk import App, CfnOutput, Stack, aws_apigateway as apigateway, aws_lambda as lambda_
from cdk_genai_image_api import ApiAuth, ApiAuthBinding, GenAiImageApi, OwnerSource


class ByTenant(ApiAuth):
    """Callers are known by a Lambda authorizer; images belong to tenant and user together."""

    def bind(self, scope, *, rest_api, compute, encryption_key=None):
        authorizer = apigateway.TokenAuthorizer(
            scope,
            "TenantAuthorizer",
            handler=lambda_.Function(
                scope,
                "TenantAuthorizerHandler",
                runtime=lambda_.Runtime.PYTHON_3_13,
                handler="index.handler",
                code=lambda_.Code.from_inline("def handler(event, context): raise Exception('Unauthorized')"),
            ),
        )
        return ApiAuthBinding(
            method_options=apigateway.MethodOptions(
                authorization_type=apigateway.AuthorizationType.CUSTOM, authorizer=authorizer
            ),
            owner=OwnerSource.authorizer("tenant", "principalId"),
        )


app = App()
stack = Stack(app, "PythonAuth")
images = GenAiImageApi(stack, "Images", auth=ByTenant())
CfnOutput(stack, "ImagesUrl", value=images.url)
app.synth()
