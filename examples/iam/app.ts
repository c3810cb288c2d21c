import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { GenAiImageApi } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'Iam');

// Without props, callers sign their requests with AWS credentials (SigV4).
const images = new GenAiImageApi(stack, 'Images');

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
