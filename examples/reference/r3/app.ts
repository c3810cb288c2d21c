// What a "Stable Diffusion on SageMaker" app had: start an image, ask for it until it is there, a page to do so, and alarms.
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3deploy from 'aws-cdk-lib/aws-s3-deployment';
import { ApiAuth, ApiRoutes, Delivery, GenAiImageApi, ImageModel, LegacyReply } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'ReferenceR3');

// the endpoint of the old system, which goes on: its name stands in cdk.json, or comes by -c endpointName=...
const endpointName: string | undefined = app.node.tryGetContext('endpointName');
if (!endpointName) throw new Error("the context has no 'endpointName'; give the name of your endpoint: -c endpointName=...");

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
      // the model knows no styles: as in the old system they are words of the prompt
      parameters: { style: 'prompt', resolution: 'size' },
      reply: LegacyReply.job({ statusPath: '/image/{image_id}' }),
    }),
  ],
  // an instance draws one picture after the other: more at once would only wait there
  delivery: Delivery.queued({ maxConcurrency: 2, timeout: Duration.minutes(2) }),
  auth: ApiAuth.apiKey({ clients: ['web', 'partner'] }),
  corsOrigins: [`https://${distribution.distributionDomainName}`],
});

new s3deploy.BucketDeployment(stack, 'Page', {
  destinationBucket: site,
  sources: [s3deploy.Source.asset('web'), s3deploy.Source.jsonData('config.json', { url: images.url })],
  distribution,
  // else the bucket could not be removed with the stack
  retainOnDelete: false,
});

const period = Duration.minutes(5);
const alarm = (id: string, alarmDescription: string, metric: cloudwatch.Metric, { threshold = 1, evaluationPeriods = 1 } = {}) =>
  new cloudwatch.Alarm(stack, id, {
    alarmDescription, metric, threshold, evaluationPeriods, treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
alarm('RequestErrors', 'Requests crash: look at the log of the function. What clients did wrong does not count.', images.handler.metricErrors({ period }));
alarm('WorkerErrors', 'The worker crashes: look at its log. Its jobs are tried again, a few times.', images.worker!.metricErrors({ period }));
alarm('FailedJobs', 'Images that nobody could draw wait for an operator: mend the cause, then move the messages back into the queue.',
  images.deadLetterQueue!.metricApproximateNumberOfMessagesVisible({ period }));
// SageMaker counts in microseconds; AllTraffic is what its consoles call the one variant of an endpoint
alarm('SlowModel', 'The endpoint takes more than 30 s for a picture: look at its instance, or give it another one.', new cloudwatch.Metric({
  namespace: 'AWS/SageMaker',
  metricName: 'ModelLatency',
  dimensionsMap: { EndpointName: endpointName, VariantName: 'AllTraffic' },
  statistic: 'p90',
  period,
}), { threshold: 30_000_000, evaluationPeriods: 3 });

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
new CfnOutput(stack, 'SiteUrl', { value: `https://${distribution.distributionDomainName}` });
