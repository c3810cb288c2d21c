import { CfnParameter, type CfnResource, Duration, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  ApiAuth, ApiRoutes, Delivery, GenAiImageApi, type GenAiImageApiProps, ImageEdit, ImageEdits, ImageModel, ImageStorage, TextModel,
} from '../src';
import {
  asList, builtMethods, builtRoutes, handlerConfiguration, handlerConfigurations, HOME, imageApi, ofType, only, resources, roleStatements, synth,
  testApp, testStack, textOf,
} from './helpers/stack';
import { CONFIGURATION_VARIABLE } from '../src/private/contract/configuration';

describe('the default API', () => {
  const template = synth();
  const all = resources(template);
  const types = new Set(Object.values(all).map((resource) => resource.Type));

  it('has 37 resources, 13 of them gateway responses', () => {
    expect(Object.keys(all)).toHaveLength(37);
    expect(ofType(template, 'AWS::ApiGateway::GatewayResponse')).toHaveLength(13);
  });

  it('has the methods of the standard routes and of the OpenAPI document, all with IAM authorization', () => {
    expect(builtMethods(template).map(({ name, properties }) => `${name} ${properties.AuthorizationType}`)).toEqual([
      'DELETE /images/{id} AWS_IAM', 'GET /images AWS_IAM', 'GET /images/{id} AWS_IAM', 'GET /models AWS_IAM', 'GET /openapi.json AWS_IAM',
      'POST /images AWS_IAM',
    ]);
  });

  it.each(['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::DynamoDB::Table'])('retains the %s, except if the deployment that creates it fails', (type) => {
    template.hasResource(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  it.each([
    'AWS::ApiGateway::Account', 'AWS::EC2::VPC', 'AWS::KMS::Key', 'AWS::ApiGateway::UsagePlan', 'AWS::ApiGateway::ApiKey', 'AWS::CloudFormation::CustomResource',
  ])('has no resource of the type %s', (type) => {
    expect(types).not.toContain(type);
  });

  it('has one function, no custom resource, no output, and no parameter except the bootstrap version', () => {
    template.resourceCountIs('AWS::Lambda::Function', 1);
    expect([...types].filter((type) => type.startsWith('Custom::'))).toEqual([]);
    expect(template.findOutputs('*')).toEqual({});
    expect(Object.keys(template.findParameters('*'))).toEqual(['BootstrapVersion']);
  });

  it('sets no physical names', () => {
    const names = ['BucketName', 'TableName', 'FunctionName', 'RoleName', 'LogGroupName', 'ManagedPolicyName'];
    const named = Object.values(all).filter(({ Type }) => Type !== 'AWS::Lambda::Permission');
    expect(named.flatMap(({ Properties }) => names.filter((name) => name in Properties))).toEqual([]);
  });

  it('has one name, a label of the REST API', () => {
    expect(Object.values(all).filter(({ Properties }) => 'Name' in Properties).map(({ Type }) => Type)).toEqual(['AWS::ApiGateway::RestApi']);
  });
});

/** Returns all props, each with a value other than its default. */
function allProps(stack: Stack): Required<GenAiImageApiProps> {
  return {
    model: ImageModel.STABLE_IMAGE_ULTRA,
    additionalModels: [ImageModel.STABLE_IMAGE_CORE],
    textModel: TextModel.NOVA_2_LITE,
    edits: ImageEdits.of(ImageEdit.ERASE),
    auth: ApiAuth.apiKey({ clients: ['web'] }),
    routes: [ApiRoutes.openAi(), ApiRoutes.standard()],
    corsOrigins: ['https://a.example'],
    limits: { rateLimit: 1, burstLimit: 2 },
    delivery: Delivery.queued({ maxConcurrency: 3 }),
    presignTtl: Duration.minutes(5),
    storage: ImageStorage.managed({ prefix: 'p', expiration: Duration.days(7) }),
    promptPolicy: { deny: ['x'] },
    encryptionKey: new kms.Key(stack, 'Key'),
    removalPolicy: RemovalPolicy.DESTROY,
    compute: { memorySize: 1024 },
    network: { vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 1 }) },
  };
}

describe('props', () => {
  it('have an effect when all of them are set', () => {
    const stack = testStack(HOME);
    const template = synth(allProps(stack), stack);
    const keyArn = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };
    expect(handlerConfigurations(template)).toHaveLength(2);
    for (const configuration of handlerConfigurations(template)) {
      expect(configuration).toMatchObject({
        models: [{ id: 'stability.stable-image-ultra-v1:1' }, { id: 'stability.stable-image-core-v1:1' }],
        textModel: { id: 'amazon.nova-2-lite-v1:0' },
        edits: { operations: ['erase'] },
        auth: { mode: 'apiKey', clients: [{ name: 'web' }] },
        routes: ['openAi', 'standard'],
        corsOrigins: ['https://a.example'],
        queue: { concurrency: 3 },
        presignTtlSeconds: 300,
        prefix: 'p/',
        expirationDays: 7,
        policy: { deny: ['x'] },
      });
    }
    expect(builtRoutes(template)).toEqual(expect.arrayContaining([
      'OPTIONS /images', 'POST /images', 'POST /images/batches', 'POST /images/edits', 'POST /text', 'POST /v1/images/edits', 'POST /v1/images/generations',
    ]));
    template.hasResourceProperties('AWS::ApiGateway::Stage', { MethodSettings: [Match.objectLike({ ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 })] });
    template.hasResourceProperties('AWS::ApiGateway::Method', { HttpMethod: 'POST', ApiKeyRequired: true });
    template.allResourcesProperties('AWS::Lambda::Function', { MemorySize: 1024, VpcConfig: Match.anyValue() });
    template.hasResource('AWS::DynamoDB::Table', { Properties: { SSESpecification: { KMSMasterKeyId: keyArn } }, DeletionPolicy: 'Delete' });
    template.hasResource('AWS::S3::Bucket', {
      Properties: {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { KMSMasterKeyID: keyArn } }] },
        CorsConfiguration: { CorsRules: [Match.objectLike({ AllowedOrigins: ['https://a.example'] })] },
      },
      DeletionPolicy: 'Delete',
    });
  });

  it('fail in one error that lists all problems with the path of the construct', () => {
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
    expect(build).toThrow("'presignTtl' must be between 1 minute and 12 hours, got 7 days; store the image ID and request a new URL instead");
  });

  it('can be tokens where they are texts or numbers', () => {
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
    const [TEXT, NUMBER] = [{ Ref: 'Text' }, { Ref: 'Number' }];
    template.hasResourceProperties('AWS::Lambda::Function', { MemorySize: NUMBER, Timeout: NUMBER, ReservedConcurrentExecutions: NUMBER });
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: NUMBER })] },
      CorsConfiguration: { CorsRules: [Match.objectLike({ AllowedOrigins: [TEXT] })] },
    });
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', { Throttle: { RateLimit: NUMBER, BurstLimit: NUMBER }, Quota: { Limit: NUMBER } });
    template.hasResourceProperties('AWS::ApiGateway::Stage', { MethodSettings: [Match.objectLike({ ThrottlingRateLimit: NUMBER, ThrottlingBurstLimit: NUMBER })] });
    expect(textOf(roleStatements(template).find(({ Action }) => Action === 'bedrock:InvokeModel')?.Resource)).toContain(':bedrock:<Text>::foundation-model/');
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
  const warned = (presignTtl: Duration) => {
    const stack = testStack(HOME);
    const { presignTtlSeconds } = handlerConfiguration(synth({ presignTtl }, stack));
    return { presignTtlSeconds, warnings: Annotations.fromStack(stack).findWarning('/Stack/Images', Match.stringLikeRegexp('cdk-genai-image-api:presignTtl')).length };
  };

  it.each([[Duration.minutes(1), 60], [Duration.hours(1), 3600]])('of %s configures the handler and adds no warning', (presignTtl, presignTtlSeconds) => {
    expect(warned(presignTtl)).toEqual({ presignTtlSeconds, warnings: 0 });
  });

  it.each([
    [Duration.hours(1).plus(Duration.seconds(1)), 3601], [Duration.hours(12), 43_200],
  ])('of %s, above one hour, configures the handler and adds a warning', (presignTtl, presignTtlSeconds) => {
    expect(warned(presignTtl)).toEqual({ presignTtlSeconds, warnings: 1 });
  });

  it.each([Duration.seconds(59), Duration.hours(12).plus(Duration.seconds(1))])('of %s fails', (presignTtl) => {
    expect(() => imageApi({ presignTtl })).toThrow("'presignTtl' must be between 1 minute and 12 hours");
  });

  it('can be a token', () => {
    const stack = testStack(HOME);
    const seconds = new CfnParameter(stack, 'Ttl', { type: 'Number' }).valueAsNumber;
    const template = synth({ presignTtl: Duration.seconds(seconds) }, stack);
    const { Environment } = only<{ Environment: { Variables: Record<string, unknown> } }>(template, 'AWS::Lambda::Function');
    expect(textOf(Environment.Variables[CONFIGURATION_VARIABLE])).toContain('"presignTtlSeconds":<Ttl>,');
  });
});

describe('the attributes of an API', () => {
  it('are the created resources', () => {
    const api = imageApi({ auth: ApiAuth.apiKey({ clients: ['web'] }), delivery: Delivery.queued() });
    const { restApi, handler, bucket, table, logGroup, usagePlan, queue, deadLetterQueue, worker } = api;
    const paths = Object.entries({ restApi, handler, bucket, table, logGroup, usagePlan, queue, deadLetterQueue, worker })
      .map(([name, construct]) => [name, construct?.node.path]);
    expect(Object.fromEntries(paths)).toEqual({
      restApi: 'Stack/Images/Api',
      handler: 'Stack/Images/Handler',
      bucket: 'Stack/Images/Bucket',
      table: 'Stack/Images/Table',
      logGroup: 'Stack/Images/HandlerLogs',
      usagePlan: 'Stack/Images/UsagePlan',
      queue: 'Stack/Images/Queue',
      deadLetterQueue: 'Stack/Images/DeadLetterQueue',
      worker: 'Stack/Images/WorkerHandler',
    });
  });

  it('are undefined for features that are off', () => {
    expect(imageApi()).toMatchObject({ usagePlan: undefined, queue: undefined, deadLetterQueue: undefined, worker: undefined });
  });

  it('include the URL of the stage and the id of the REST API', () => {
    const api = imageApi();
    const stack = Stack.of(api);
    expect(textOf(stack.resolve(api.url))).toBe('https://<ImagesApi9B122842>.execute-api.us-west-2.<AWS::URLSuffix>/<ImagesApiDeploymentStageprodD74A4EEA>/');
    expect(stack.resolve(api.restApiId)).toEqual({ Ref: 'ImagesApi9B122842' });
  });
});

describe('a custom domain', () => {
  it.each([undefined, 'v2'])('is added to the REST API and maps the stage, with the base path %s', (basePath) => {
    const stack = testStack(HOME);
    const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-west-2:111122223333:certificate/1');
    const domain = imageApi({}, stack).restApi.addDomainName('Domain', { domainName: 'images.example.com', certificate, basePath });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ApiGateway::DomainName', {
      DomainName: 'images.example.com', RegionalCertificateArn: certificate.certificateArn, EndpointConfiguration: { Types: ['REGIONAL'] },
    });
    expect(only(template, 'AWS::ApiGateway::BasePathMapping')).toEqual({
      DomainName: { Ref: stack.getLogicalId(domain.node.defaultChild as CfnResource) },
      RestApiId: { Ref: 'ImagesApi9B122842' },
      Stage: { Ref: 'ImagesApiDeploymentStageprodD74A4EEA' },
      ...(basePath && { BasePath: basePath }),
    });
    expect(stack.resolve(domain.domainNameAliasDomainName)).toEqual({ 'Fn::GetAtt': [expect.stringContaining('ImagesApiDomain'), 'RegionalDomainName'] });
  });
});

describe('grantInvoke', () => {
  it('allows calling the stage of this API and nothing else', () => {
    const stack = testStack(HOME);
    const role = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
    expect(imageApi({}, stack).grantInvoke(role).success).toBe(true);
    const [statement] = roleStatements(Template.fromStack(stack)).filter(({ Action }) => asList(Action).includes('execute-api:Invoke'));
    expect(statement.Action).toBe('execute-api:Invoke');
    expect(textOf(statement.Resource)).toBe('arn:<AWS::Partition>:execute-api:us-west-2:111122223333:<ImagesApi9B122842>/prod/*/*');
  });

  it.each([
    ['ApiAuth.none()', ApiAuth.none()], ['ApiAuth.apiKey()', ApiAuth.apiKey({ clients: ['web'] })],
  ])('fails with %s, because IAM does not identify the callers', (_name, auth) => {
    const api = imageApi({ auth });
    expect(() => api.grantInvoke(new iam.AccountRootPrincipal())).toThrow(
      "grantInvoke() on 'Stack/Images' requires ApiAuth.iam()");
  });
});

describe('an API', () => {
  it('can be defined twice in one stack, under different names', () => {
    const stack = testStack(HOME);
    new GenAiImageApi(stack, 'One');
    new GenAiImageApi(stack, 'Two', { auth: ApiAuth.apiKey({ clients: ['web'] }) });
    const names = ofType(Template.fromStack(stack), 'AWS::ApiGateway::RestApi').map(({ Properties }) => Properties.Name);
    expect(new Set(names).size).toBe(2);
  });

  it('can be defined in a stage', () => {
    const stage = new Stage(testApp(), 'Beta', { env: HOME });
    expect(Object.keys(resources(synth({}, new Stack(stage, 'Stack'))))).toHaveLength(37);
  });

  it('calls the default model in its Region, without a warning, if account and region of the stack are not known', () => {
    const stack = testStack();
    const template = synth({}, stack);
    expect(textOf(roleStatements(template).find(({ Action }) => Action === 'bedrock:InvokeModel')?.Resource)).toContain(':us-west-2::');
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  it('accepts bucket, key and role of another stack without a dependency cycle', () => {
    const app = testApp();
    const shared = new Stack(app, 'Shared', { env: HOME });
    const key = new kms.Key(shared, 'Key');
    const bucket = new s3.Bucket(shared, 'Store', { encryptionKey: key });
    const role = new iam.Role(shared, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const stack = testStack(HOME, app);
    imageApi({ storage: ImageStorage.existing(bucket), encryptionKey: key, compute: { role } }, stack);
    app.synth();
    Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 0);
    expect(JSON.stringify(Template.fromStack(shared).toJSON())).not.toContain('Fn::ImportValue');
    expect(stack.dependencies).toEqual([shared]);
    expect(shared.dependencies).toEqual([]);
  });
});
