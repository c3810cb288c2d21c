import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { ApiAuth, GenAiImageApi } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'Jwt');

const images = new GenAiImageApi(stack, 'Images', {
  auth: ApiAuth.jwt({
    // The exact values of the iss and aud claims in your tokens.
    issuer: 'https://login.example.com/',
    audience: ['https://images.example.com'],
    clockTolerance: Duration.seconds(30),
  }),
  corsOrigins: ['http://localhost:5173'],
});

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
