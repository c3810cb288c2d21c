import { CfnResource, TagManager, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { ApiAuth, ApiRoutes, Delivery, type GenAiImageApi, type GenAiImageApiProps, ImageEdits } from '../src';
import { HOME, imageApi, ofType, only, resources, synth, testStack } from './helpers/stack';

/** An API with all functions, log groups, queues and protections. */
function fullApi(props: GenAiImageApiProps = {}, stack = testStack(HOME)): { readonly api: GenAiImageApi; readonly template: () => Template } {
  const api = imageApi({
    auth: ApiAuth.apiKey({ clients: ['web'], acceptBearer: true }),
    routes: [ApiRoutes.standard(), ApiRoutes.openAi()],
    delivery: Delivery.queued(),
    edits: ImageEdits.all(),
    network: { vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 2 }), createEndpoints: true },
    ...props,
  }, stack);
  api.addFirewall();
  return { api, template: () => Template.fromStack(stack) };
}

describe('tags of the API', () => {
  const { api, template } = fullApi();
  Tags.of(api).add('cost-center', 'images');
  const all = resources(template());
  const taggable = api.node.findAll().filter((each): each is CfnResource => each instanceof CfnResource && TagManager.of(each) !== undefined);
  const ofApi = taggable.map((each) => all[each.stack.resolve(each.logicalId) as string]);

  it('reach every resource that can have tags', () => {
    expect(ofApi.filter(({ Properties }) => !JSON.stringify(Properties).includes('cost-center')).map(({ Type }) => Type)).toEqual([]);
  });

  it('reach the resources that are charged, and those with data', () => {
    expect([...new Set(ofApi.map(({ Type }) => Type))].sort()).toEqual([
      'AWS::ApiGateway::ApiKey', 'AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Stage', 'AWS::ApiGateway::UsagePlan', 'AWS::DynamoDB::Table',
      'AWS::EC2::SecurityGroup', 'AWS::EC2::VPCEndpoint', 'AWS::IAM::Role', 'AWS::Lambda::EventSourceMapping', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup',
      'AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::WAFv2::WebACL',
    ]);
  });
});

describe('compute.permissionsBoundary', () => {
  it('applies to the roles of all functions', () => {
    const stack = testStack(HOME);
    const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', 'arn:aws:iam::111122223333:policy/boundary');
    const template = fullApi({ compute: { permissionsBoundary } }, stack).template();
    template.resourceCountIs('AWS::IAM::Role', 3);
    template.allResourcesProperties('AWS::IAM::Role', { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary' });
  });
});

describe('encryptionKey', () => {
  const stack = testStack(HOME);
  const template = fullApi({ encryptionKey: new kms.Key(stack, 'Key') }, stack).template();
  const arn = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };

  it('encrypts the bucket and the table', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arn } }] },
    });
    template.hasResourceProperties('AWS::DynamoDB::Table', { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: arn } });
  });

  it('encrypts the queue and the dead-letter queue', () => {
    template.resourcePropertiesCountIs('AWS::SQS::Queue', { KmsMasterKeyId: arn }, 2);
  });

  it('encrypts the logs of all functions and of the API', () => {
    expect(ofType(template, 'AWS::Logs::LogGroup').map(({ Properties }) => JSON.stringify(Properties.KmsKeyId))).toEqual(Array(4).fill(expect.stringMatching(/"Key\w+","Arn"/)));
  });

  it('covers all data, because the construct creates no secrets, streams, topics or volumes', () => {
    const types = new Set(Object.values(resources(template)).map(({ Type }) => Type));
    const stores = [...types].filter((type) => /SecretsManager|SSM|SNS|Kinesis|EFS|ElastiCache|RDS|Backup/.test(type));
    expect(stores).toEqual([]);
  });
});

describe('concurrency', () => {
  it('is reserved for the API function only, and provisioned on an alias that API Gateway invokes', () => {
    const template = synth({ compute: { reservedConcurrency: 5, provisionedConcurrency: 2 }, delivery: Delivery.queued() });
    template.resourcePropertiesCountIs('AWS::Lambda::Function', { ReservedConcurrentExecutions: 5 }, 1);
    expect(only(template, 'AWS::Lambda::Alias')).toMatchObject({ Name: 'live', ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 } });
  });
});
