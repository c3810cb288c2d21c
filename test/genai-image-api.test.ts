import { CfnParameter, Duration, RemovalPolicy, Stack, Stage, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ApiAuth, GenAiImageApi, ImageEdits, ImageModel, ImageStorage, TextModel } from '../src';
import { asList, builtMethods, HOME, imageApi, ofType, only, resources, roleStatements, synth, testApp, testStack, textOf } from './helpers/stack';

describe('default', () => {
  const template = synth();
  const all = resources(template);
  const types = new Set(Object.values(all).map((resource) => resource.Type));

  it('fits into 40 resources', () => {
    expect(Object.keys(all).length).toBeLessThanOrEqual(40);
    expect(Object.keys(all)).toHaveLength(37);
    expect(Object.keys(all)).toHaveLength(24 + ofType(template, 'AWS::ApiGateway::GatewayResponse').length);
  });

  it('has exactly the methods of the standard routes and the document, all signed', () => {
    expect(builtMethods(template).map(({ name, properties }) => `${name} ${properties.AuthorizationType}`)).toEqual([
      'DELETE /images/{id} AWS_IAM', 'GET /images AWS_IAM', 'GET /images/{id} AWS_IAM', 'GET /models AWS_IAM', 'GET /openapi.json AWS_IAM',
      'POST /images AWS_IAM',
    ]);
  });

  it('retains bucket and table', () => {
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
    template.hasResource('AWS::DynamoDB::Table', { DeletionPolicy: 'Retain' });
  });

  it.each(['AWS::ApiGateway::Account', 'AWS::EC2::VPC', 'AWS::KMS::Key', 'AWS::ApiGateway::UsagePlan', 'AWS::ApiGateway::ApiKey'])('has no %s', (type) => {
    expect(types).not.toContain(type);
  });

  it('has no custom resource, no output, no parameter but the bootstrap version', () => {
    expect([...types].filter((type) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')).toEqual([]);
    expect(template.findOutputs('*')).toEqual({});
    expect(Object.keys(template.findParameters('*'))).toEqual(['BootstrapVersion']);
    template.resourceCountIs('AWS::Lambda::Function', 1);
  });

  it('gives no physical names', () => {
    const names = ['BucketName', 'TableName', 'FunctionName', 'RoleName', 'LogGroupName', 'ManagedPolicyName'];
    const named = Object.values(all).filter(({ Type }) => Type !== 'AWS::Lambda::Permission');
    expect(named.flatMap(({ Properties }) => names.filter((name) => name in Properties))).toEqual([]);
    const withName = Object.values(all).filter(({ Properties }) => 'Name' in Properties).map(({ Type }) => Type);
    expect(withName).toEqual(['AWS::ApiGateway::RestApi']);
  });
});

describe('props', () => {
  it('are accepted all at once', () => {
    const stack = testStack(HOME);
    const template = synth({
      model: ImageModel.STABLE_IMAGE_ULTRA,
      additionalModels: [ImageModel.STABLE_IMAGE_CORE],
      textModel: TextModel.NOVA_2_LITE,
      edits: ImageEdits.all(),
      auth: ApiAuth.apiKey({ clients: ['web'] }),
      corsOrigins: ['https://a.example'],
      limits: { rateLimit: 1, burstLimit: 2 },
      presignTtl: Duration.minutes(5),
      storage: ImageStorage.managed({ prefix: 'p' }),
      promptPolicy: { deny: ['x'] },
      encryptionKey: new kms.Key(stack, 'Key'),
      removalPolicy: RemovalPolicy.DESTROY,
      compute: { memorySize: 1024 },
    }, stack);
    template.hasResourceProperties('AWS::Lambda::Function', { MemorySize: 1024 });
  });

  it('fails naming all that is wrong at once, by the path of the construct', () => {
    const build = () => imageApi({
      presignTtl: Duration.days(7),
      corsOrigins: ['https://a.example/'],
      limits: { burstLimit: 0 },
      storage: ImageStorage.managed({ prefix: '/x', autoDeleteObjects: true }),
      compute: { memorySize: 1 },
      auth: ApiAuth.apiKey({ clients: ['a b'] }),
      additionalModels: [ImageModel.STABLE_IMAGE_CORE],
      textModel: TextModel.of('amazon.nova-2-lite-v1:0'),
      edits: ImageEdits.of(),
      promptPolicy: { maxChars: 0 },
    });
    expect(build).toThrow(/^cannot create GenAiImageApi 'Stack\/Images':\n(- .*\n){10}- .*$/);
    expect(build).toThrow("'presignTtl' must be between 1 minute and 12 hours, got 7 days; store the image id and request a fresh url instead");
  });
});

describe('removalPolicy', () => {
  it('applies to bucket and table', () => {
    const template = synth({ removalPolicy: RemovalPolicy.DESTROY });
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    template.hasResource('AWS::DynamoDB::Table', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });
});

describe('presignTtl', () => {
  const warning = Match.stringLikeRegexp('upper bound');

  it('is handed over up to the limits, without a warning up to one hour', () => {
    const stack = testStack(HOME);
    imageApi({ presignTtl: Duration.hours(1) }, stack);
    Annotations.fromStack(stack).hasNoWarning('*', warning);
  });

  it('warns above one hour', () => {
    const stack = testStack(HOME);
    imageApi({ presignTtl: Duration.hours(12) }, stack);
    Annotations.fromStack(stack).hasWarning('/Stack/Images', Match.stringLikeRegexp('cdk-genai-image-api:presignTtl'));
  });

  it.each([Duration.seconds(59), Duration.hours(12).plus(Duration.seconds(1))])('fails for %s', (presignTtl) => {
    expect(() => imageApi({ presignTtl })).toThrow("'presignTtl' must be between 1 minute and 12 hours");
  });

  it('accepts a token', () => {
    const stack = testStack(HOME);
    const seconds = new CfnParameter(stack, 'Ttl', { type: 'Number' }).valueAsNumber;
    const template = synth({ presignTtl: Duration.seconds(seconds) }, stack);
    const { Environment } = only<{ Environment: { Variables: Record<string, unknown> } }>(template, 'AWS::Lambda::Function');
    expect(textOf(Environment.Variables.GENAI_IMAGE_API)).toContain('"presignTtlSeconds":<Ttl>,');
  });
});

describe('attributes', () => {
  it('are what was built', () => {
    const api = imageApi({ auth: ApiAuth.apiKey({ clients: ['web'] }) });
    const stack = Stack.of(api);
    expect(textOf(stack.resolve(api.url))).toBe('https://<ImagesApi9B122842>.execute-api.us-west-2.<AWS::URLSuffix>/<ImagesApiDeploymentStageprodD74A4EEA>/');
    expect(api.restApi.deploymentStage.stageName).toBeDefined();
    expect(api.handler.node.path).toBe('Stack/Images/Handler');
    expect(api.bucket.node.path).toBe('Stack/Images/Bucket');
    expect(api.table.node.path).toBe('Stack/Images/Table');
    expect(api.logGroup.node.path).toBe('Stack/Images/HandlerLogs');
    expect(api.usagePlan?.node.path).toBe('Stack/Images/UsagePlan');
    expect(imageApi().usagePlan).toBeUndefined();
  });
});

describe('grantInvoke', () => {
  it('allows the stage of this API and nothing else', () => {
    const stack = testStack(HOME);
    const role = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
    const grant = imageApi({}, stack).grantInvoke(role);
    expect(grant.success).toBe(true);
    const [statement] = roleStatements(Template.fromStack(stack)).filter(({ Action }) => asList(Action).includes('execute-api:Invoke'));
    expect(statement.Action).toBe('execute-api:Invoke');
    expect(textOf(statement.Resource)).toBe('arn:<AWS::Partition>:execute-api:us-west-2:111122223333:<ImagesApi9B122842>/prod/*/*');
  });

  it.each([ApiAuth.none(), ApiAuth.apiKey({ clients: ['web'] })])('fails where callers are not identified by IAM', (auth) => {
    const api = imageApi({ auth });
    expect(() => api.grantInvoke(new iam.AccountRootPrincipal())).toThrow("cannot grant calls of 'Stack/Images'");
  });
});

describe('placement', () => {
  it('works twice in one stack', () => {
    const stack = testStack(HOME);
    new GenAiImageApi(stack, 'One');
    new GenAiImageApi(stack, 'Two', { auth: ApiAuth.apiKey({ clients: ['web'] }) });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::ApiGateway::RestApi', 2);
    const names = ofType(template, 'AWS::ApiGateway::RestApi').map(({ Properties }) => Properties.Name);
    expect(new Set(names).size).toBe(2);
  });

  it('works inside a stage', () => {
    const stage = new Stage(testApp(), 'Beta', { env: HOME });
    const stack = new Stack(stage, 'Stack');
    expect(Object.keys(resources(synth({}, stack))).length).toBeLessThanOrEqual(40);
  });

  it('works where account and region are not known', () => {
    const stack = testStack();
    const template = synth({}, stack);
    expect(textOf(roleStatements(template).find(({ Action }) => Action === 'bedrock:InvokeModel')?.Resource)).toContain(':us-west-2::');
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  it.each([['cn-north-1', 'aws-cn'], ['us-gov-west-1', 'aws-us-gov']])('writes no ARN of the commercial partition in %s', (region) => {
    const template = synth({}, testStack({ account: '111122223333', region }));
    expect(JSON.stringify(template.toJSON())).not.toContain('arn:aws:');
  });

  it('takes bucket and key from another stack without a cycle', () => {
    const app = testApp();
    const shared = new Stack(app, 'Shared', { env: HOME });
    const key = new kms.Key(shared, 'Key');
    const bucket = new s3.Bucket(shared, 'Store', { encryptionKey: key });
    const role = new iam.Role(shared, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const stack = testStack(HOME, app);
    imageApi({ storage: ImageStorage.existing(bucket), encryptionKey: key, compute: { role } }, stack);
    expect(() => app.synth()).not.toThrow();
    Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 0);
    expect(JSON.stringify(Template.fromStack(shared).toJSON())).not.toContain('Fn::ImportValue');
    expect(stack.dependencies).toEqual([shared]);
    expect(shared.dependencies).toEqual([]);
  });
});

describe('tokens', () => {
  it('are accepted in each prop that takes text or numbers', () => {
    const stack = testStack(HOME);
    const text = new CfnParameter(stack, 'Text').valueAsString;
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const template = synth({
      model: ImageModel.of('stability.stable-image-core-v1:1', { region: text }),
      auth: ApiAuth.apiKey({ clients: ['web'], rateLimit: number, burstLimit: number, dailyQuota: number }),
      corsOrigins: [text],
      limits: { rateLimit: number, burstLimit: number },
      storage: ImageStorage.managed({ prefix: text, expiration: Duration.days(number) }),
      compute: { memorySize: number, timeout: Duration.seconds(number), reservedConcurrency: number },
    }, stack);
    template.hasResourceProperties('AWS::Lambda::Function', { MemorySize: { Ref: 'Number' }, Timeout: { Ref: 'Number' } });
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ Prefix: { Ref: 'Text' }, ExpirationInDays: { Ref: 'Number' } })] },
    });
    expect(Token.isUnresolved(number)).toBe(true);
  });
});
