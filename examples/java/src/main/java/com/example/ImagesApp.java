package com.example;

import io.github.cdkgenaiimageapi.*;
import java.util.List;
import software.amazon.awscdk.*;

public final class ImagesApp {
  public static void main(final String[] args) {
    final App app = new App();
    final Stack stack = new Stack(app, "ImagesStack");
    final GenAiImageApi images = GenAiImageApi.Builder.create(stack, "Images")
        .auth(ApiAuth.apiKey(ApiKeyAuthOptions.builder().clients(List.of("web")).build()))
        .build();
    CfnOutput.Builder.create(stack, "ImagesUrl").value(images.getUrl()).build();
    CfnOutput.Builder.create(stack, "WebKeyId").value(images.apiClientKey("web").getKeyId()).build();
    app.synth();
  }
}
