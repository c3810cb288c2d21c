// Replaces a "Stable Diffusion on SageMaker" app: asynchronous image generation, a web page and alarms.
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3deploy from 'aws-cdk-lib/aws-s3-deployment';
import { ApiAuth, ApiRoutes, Delivery, GenAiImageApi, ImageModel, LegacyReply } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'ReferenceR3');

// The existing endpoint, from cdk.json or -c endpointName=...
const endpointName: string | undefined = app.node.tryGetContext('endpointName');
if (!endpointName) throw new Error("context 'endpointName' is missing; pass the name of your SageMaker endpoint: -c endpointName=...");

const site = new s3.Bucket(stack, 'Site', {
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.DESTROY,
});
const distribution = new cloudfront.Distribution(stack, 'Distribution', {
  defaultBehavior: {
    origin: origins.S3BucketOrigin.withOriginAccessControl(site),
    viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  },
  defaultRootObject: 'index.html',
});

const images = new GenAiImageApi(stack, 'Images', {
  model: ImageModel.sageMakerEndpoint(endpointName),
  routes: [
    ApiRoutes.legacy({
      path: '/generate',
      promptParameter: 'text',
      // The model has no style parameter, so the style is appended to the prompt.
      parameters: { style: 'prompt', resolution: 'size' },
      reply: LegacyReply.job({ statusPath: '/image/{image_id}' }),
    }),
  ],
  // The instance generates one image at a time. Higher concurrency only adds wait time at the endpoint.
  delivery: Delivery.queued({ maxConcurrency: 2, timeout: Duration.minutes(2) }),
  auth: ApiAuth.apiKey({ clients: ['web', 'partner'] }),
  corsOrigins: [`https://${distribution.distributionDomainName}`],
});

new s3deploy.BucketDeployment(stack, 'Page', {
  destinationBucket: site,
  sources: [s3deploy.Source.asset('web'), s3deploy.Source.jsonData('config.json', { url: images.url })],
  distribution,
  // Delete the uploaded files with the stack. A bucket with objects cannot be deleted.
  retainOnDelete: false,
});

// Alarms on errors, failed jobs and model latency. An image of this model takes up to 30 seconds.
images.addAlarms('Alarms', { modelLatency: { threshold: 30_000, period: Duration.minutes(5), evaluationPeriods: 3 } });

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
new CfnOutput(stack, 'SiteUrl', { value: `https://${distribution.distributionDomainName}` });
