package com.example;

import io.github.cdkgenaiimageapi.ApiAuth;
import io.github.cdkgenaiimageapi.ApiKeyAuthOptions;
import io.github.cdkgenaiimageapi.GenAiImageApi;
import io.github.cdkgenaiimageapi.ImageModel;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;

public final class ImagesApp {
  public static void main(final String[] args) {
    final App app = new App();
    final Stack stack = new Stack(app, "JavaImages");

    final GenAiImageApi images = GenAiImageApi.Builder.create(stack, "Images")
        .model(ImageModel.STABLE_IMAGE_CORE)
        .auth(ApiAuth.apiKey(ApiKeyAuthOptions.builder().clients(List.of("alice", "bob")).build()))
        .corsOrigins(List.of("http://localhost:5173"))
        .presignTtl(Duration.minutes(30))
        .build();

    CfnOutput.Builder.create(stack, "ImagesUrl").value(images.getUrl()).build();
    app.synth();
  }

  private ImagesApp() {}
}
