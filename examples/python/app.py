from aws_cdk import App, CfnOutput, Stack
from cdk_genai_image_api import ApiAuth, GenAiImageApi

app = App()
stack = Stack(app, "ImagesStack")

images = GenAiImageApi(stack, "Images", auth=ApiAuth.api_key(clients=["web"]))

CfnOutput(stack, "ImagesUrl", value=images.url)
CfnOutput(stack, "WebKeyId", value=images.api_client_key("web").key_id)
app.synth()
