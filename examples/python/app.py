from aws_cdk import App, CfnOutput, Duration, Stack
from cdk_genai_image_api import ApiAuth, GenAiImageApi, ImageModel

app = App()
stack = Stack(app, "PythonImages")

images = GenAiImageApi(
    stack,
    "Images",
    model=ImageModel.STABLE_IMAGE_CORE,
    auth=ApiAuth.api_key(clients=["alice", "bob"]),
    cors_origins=["http://localhost:5173"],
    presign_ttl=Duration.minutes(30),
)

CfnOutput(stack, "ImagesUrl", value=images.url)
app.synth()
