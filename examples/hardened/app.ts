import { App, CfnOutput, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { ApiAuth, Delivery, GenAiImageApi, ImageStorage } from 'cdk-genai-image-api';

const app = new App();
// Deploy to us-west-2: the model is called there, and VPC endpoints reach the models of their own Region only.
const stack = new Stack(app, 'Hardened');

// Estimated costs per day, in US dollars. For other values: -c dailyBudgetUsd=0.40 -c dailyBudgetUsdPerOwner=0.20
const budgets = {
  dailyBudgetUsd: Number(app.node.tryGetContext('dailyBudgetUsd') ?? 20),
  dailyBudgetUsdPerOwner: Number(app.node.tryGetContext('dailyBudgetUsdPerOwner') ?? 10),
};

const encryptionKey = new kms.Key(stack, 'Key', { enableKeyRotation: true, description: 'Data of the image API' });
const logRetention = logs.RetentionDays.ONE_YEAR;

const vpc = new ec2.Vpc(stack, 'Vpc', {
  maxAzs: 2,
  natGateways: 0,
  subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
});
const flowLogs = new logs.LogGroup(stack, 'FlowLogs', { encryptionKey, retention: logRetention });
vpc.addFlowLog('FlowLog', { destination: ec2.FlowLogDestination.toCloudWatchLogs(flowLogs) });
// Clients call the API through this endpoint, from the VPC or from networks that are connected to it.
const privateEndpoint = vpc.addInterfaceEndpoint('ExecuteApi', { service: ec2.InterfaceVpcEndpointAwsService.APIGATEWAY });

const serverAccessLogsBucket = new s3.Bucket(stack, 'AccessLogs', {
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
  encryption: s3.BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  lifecycleRules: [{ expiration: Duration.days(365) }],
});

// The most that the functions could do, whatever their policies allow.
const permissionsBoundary = new iam.ManagedPolicy(stack, 'Boundary', {
  statements: [new iam.PolicyStatement({
    actions: [
      'bedrock:InvokeModel', 's3:GetObject', 's3:PutObject', 's3:DeleteObject',
      'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:UpdateItem', 'dynamodb:Query',
      'sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes',
      'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo',
      'logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTraceSegments', 'xray:PutTelemetryRecords',
      'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
      'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets',
    ],
    resources: ['*'],
  })],
});

const images = new GenAiImageApi(stack, 'Images', {
  auth: ApiAuth.apiKey({ clients: ['alice', 'bob'], dailyQuota: 10_000 }),
  limits: { rateLimit: 50, burstLimit: 100, ...budgets },
  delivery: Delivery.queued({ maxConcurrency: 2 }),
  storage: ImageStorage.managed({ expiration: Duration.days(7), serverAccessLogsBucket, serverAccessLogsPrefix: 'images/' }),
  presignTtl: Duration.minutes(5),
  encryptionKey,
  compute: { logRetention, permissionsBoundary, reservedConcurrency: 50, provisionedConcurrency: 1, tracing: lambda.Tracing.ACTIVE },
  network: { vpc, createEndpoints: true, privateEndpoint },
});
images.addFirewall({
  requestsPerIp: 2000,
  requestsPerKey: 2000,
  logGroup: new logs.LogGroup(stack, 'FirewallLogs', {
    logGroupName: 'aws-waf-logs-hardened-images', encryptionKey, retention: logRetention, removalPolicy: RemovalPolicy.DESTROY,
  }),
});
// Subscribe the people who operate the API to this topic.
const topic = new sns.Topic(stack, 'AlarmTopic', { masterKey: encryptionKey, enforceSSL: true });
encryptionKey.grant(new iam.ServicePrincipal('cloudwatch.amazonaws.com'), 'kms:Decrypt', 'kms:GenerateDataKey*');
images.addAlarms('Alarms', { topic, spend: { threshold: budgets.dailyBudgetUsd / 2 } });
images.addDashboard();

Tags.of(images).add('data-classification', 'confidential');

// The construct does not offer point-in-time recovery; its resources can be changed with plain CDK.
const table = images.table.node.defaultChild as dynamodb.CfnTable;
table.pointInTimeRecoverySpecification = { pointInTimeRecoveryEnabled: true };

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
