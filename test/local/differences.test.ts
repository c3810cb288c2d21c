import * as fs from 'node:fs';
import * as path from 'node:path';
import { CreateRequestValidatorCommand, UpdateMethodCommand } from '@aws-sdk/client-api-gateway';
import { UpdateTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { PutBucketEncryptionCommand, PutBucketLifecycleConfigurationCommand, PutBucketOwnershipControlsCommand } from '@aws-sdk/client-s3';
import { bootstrap } from '../../local/deployment/bootstrap';
import { DeployedStack } from '../../local/deployment/create-stack';
import { applicableDifferences, describeDifferences, DIFFERENCES, emulatorSettings, RunEnvironment } from '../../local/differences';
import { Clients } from '../../local/emulator/clients';
import { Resource, Template } from '../../local/template/template';
import { temporaryFolder } from '../helpers/temporary-files';

const RUN: RunEnvironment = { auth: false, modelUrl: 'http://127.0.0.1:1', nodeFolder: '/node/bin' };

function templateOf(resources: Record<string, Resource>): Template {
  return { Resources: resources };
}

function whatApplies(template: Template, run = RUN): string[] {
  return applicableDifferences([template], run).map(({ difference: { kind, feature: what } }) => `${kind} ${what}`);
}

interface Sent {
  readonly constructor: { readonly name: string };
  readonly input: unknown;
}

/** Clients that write down what they are asked. */
function recorder(): { clients: Clients; sent: Sent[] } {
  const sent: Sent[] = [];
  const client = { send: async (command: Sent) => { sent.push(command); return { id: `id${sent.length}` }; } };
  return { clients: { apiGateway: client, dynamoDb: client, s3: client, ssm: client } as unknown as Clients, sent };
}

function stackOf(resources: Record<string, Resource>): DeployedStack {
  return {
    name: 'S',
    template: templateOf(resources),
    assets: [],
    outputs: {},
    resources: Object.fromEntries(Object.keys(resources).map((id) => [id, `physical-${id}`])),
  };
}

async function repair(resources: Record<string, Resource>): Promise<Sent[]> {
  const { clients, sent } = recorder();
  for (const difference of DIFFERENCES) await difference.repair?.(stackOf(resources), clients);
  return sent;
}

describe('DIFFERENCES', () => {
  it('say kind, what and why, each once', () => {
    for (const { kind, feature: what, reason: why } of DIFFERENCES) {
      expect(['dropped', 'repaired', 'supplied']).toContain(kind);
      expect(what).toMatch(/\w/);
      expect(why).toMatch(/\w/);
    }
    expect(new Set(DIFFERENCES.map(({ feature: what }) => what)).size).toBe(DIFFERENCES.length);
  });

  it('do nothing about what is dropped', () => {
    for (const { repair: make, prepare, environment, patch } of DIFFERENCES.filter(({ kind }) => kind === 'dropped')) {
      expect([make, prepare, environment, patch]).toEqual([undefined, undefined, undefined, undefined]);
    }
  });

  it('are silent about an empty template', () => {
    expect(describeDifferences([templateOf({})], RUN)).toEqual([]);
  });

  it('are printed once, with the number of places', () => {
    const method: Resource = { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'GET', ApiKeyRequired: true } };
    const lines = describeDifferences([templateOf({ A: method, B: method }), templateOf({ C: method })], RUN);
    expect(lines).toEqual(['    supplied  requestContext.identity.apiKey and apiKeyId (3): AWS tells the function which API key was used, the emulator does not']);
  });
});

describe('concerns', () => {
  const oneRow: [string, Resource, string[]][] = [
    ['a function', { Type: 'AWS::Lambda::Function' }, ['supplied models of Amazon Bedrock and Amazon SageMaker', 'supplied Node.js 24']],
    ['a lifecycle', { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: {} } }, ['repaired lifecycle rules of buckets']],
    ['a plain bucket', { Type: 'AWS::S3::Bucket', Properties: {} }, []],
    ['a TTL', { Type: 'AWS::DynamoDB::Table', Properties: { TimeToLiveSpecification: {} } }, ['repaired time to live of tables']],
    ['an access log', { Type: 'AWS::ApiGateway::Stage', Properties: { AccessLogSetting: {} } }, ['dropped access log of the API']],
    ['a stage', { Type: 'AWS::ApiGateway::Stage', Properties: {} }, []],
    [
      'preflight of one origin', { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'OPTIONS', Integration: { Type: 'MOCK' } } },
      ['repaired length of preflight answers'],
    ],
    [
      'preflight of several origins',
      { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'OPTIONS', Integration: { R: '$context.responseOverride.header.X' } } },
      ['repaired length of preflight answers', 'dropped choice among several CORS origins in preflight answers'],
    ],
    [
      'the answer to a crash', { Type: 'AWS::ApiGateway::GatewayResponse', Properties: { ResponseType: 'DEFAULT_5XX' } },
      ['dropped answer of the gateway when a function crashes'],
    ],
    ['another gateway answer', { Type: 'AWS::ApiGateway::GatewayResponse', Properties: { ResponseType: 'THROTTLED' } }, []],
  ];

  it.each(oneRow)('finds %s', (_, resource, expected) => {
    expect(whatApplies(templateOf({ X: resource }))).toEqual(expected);
  });

  it('knows the bootstrap parameter', () => {
    const template: Template = { Resources: {}, Parameters: { BootstrapVersion: { Default: '/cdk-bootstrap/hnb659fds/version' } } };
    expect(whatApplies(template)).toEqual(['supplied bucket and version parameter of cdk bootstrap']);
  });

  it('tells a run with IAM from one without', () => {
    const template = templateOf({
      Policy: { Type: 'AWS::IAM::Policy' },
      TlsOnly: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: { Condition: { Bool: { 'aws:SecureTransport': 'false' } } } } },
      Method: { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'GET', AuthorizationType: 'AWS_IAM' } },
    });
    expect(whatApplies(template)).toEqual(['dropped signatures of callers', 'dropped IAM policies']);
    expect(whatApplies(template, { ...RUN, auth: true })).toEqual(['supplied host that callers signed for', 'supplied aws:SecureTransport = true']);
  });
});

describe('emulatorSettings', () => {
  it('hand over the stand-in, Node.js first on the PATH, and the patches', () => {
    expect(emulatorSettings(RUN)).toEqual({
      environment: {
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: 'http://127.0.0.1:1', PATH: '/node/bin:/usr/bin:/bin',
      },
      patches: ['api-key-identity', 'domain-name', 'forwarded-host', 'secure-transport', 'event-conditions'],
    });
  });
});

describe('bootstrap', () => {
  it('makes each bucket and each parameter once', async () => {
    const { clients, sent } = recorder();
    const template: Template = { Resources: {}, Parameters: { BootstrapVersion: { Default: '/cdk-bootstrap/x/version' } } };
    const asset = { path: '/x', zip: false, bucket: 'assets', key: 'k' };
    await bootstrap([{ name: 'A', template, assets: [asset, asset] }, { name: 'B', template, assets: [asset] }], clients);
    expect(sent.map(({ input }) => input)).toEqual([
      { Bucket: 'assets' },
      { Name: '/cdk-bootstrap/x/version', Value: '28', Type: 'String', Overwrite: true },
    ]);
  });
});

describe('repair', () => {
  it('sets the lifecycle rules of a bucket', async () => {
    const rule = { Id: 'r', Status: 'Enabled', Prefix: 'images/', ExpirationInDays: 30, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } };
    const [command] = await repair({ B: { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: { Rules: [rule] } } } });
    expect(command).toBeInstanceOf(PutBucketLifecycleConfigurationCommand);
    expect(command.input).toEqual({
      Bucket: 'physical-B',
      LifecycleConfiguration: {
        Rules: [{
          ID: 'r', Status: 'Enabled', Filter: { Prefix: 'images/' }, Expiration: { Days: 30 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        }],
      },
    });
  });

  it('sets the encryption of a bucket, with the key of the stack', async () => {
    const byDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': ['Key', 'Arn'] } };
    const encryption = { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: byDefault }] };
    const [command] = await repair({ Key: { Type: 'AWS::KMS::Key' }, B: { Type: 'AWS::S3::Bucket', Properties: { BucketEncryption: encryption } } });
    expect(command).toBeInstanceOf(PutBucketEncryptionCommand);
    expect(command.input).toMatchObject({
      Bucket: 'physical-B',
      ServerSideEncryptionConfiguration: {
        Rules: [{ BucketKeyEnabled: true, ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'physical-Key' } }],
      },
    });
  });

  it('sets the object ownership of a bucket', async () => {
    const ownership = { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] };
    const [command] = await repair({ B: { Type: 'AWS::S3::Bucket', Properties: { OwnershipControls: ownership } } });
    expect(command).toBeInstanceOf(PutBucketOwnershipControlsCommand);
    expect(command.input).toEqual({ Bucket: 'physical-B', OwnershipControls: ownership });
  });

  it('sets time to live and encryption of a table', async () => {
    const specification = { AttributeName: 'ttl', Enabled: true };
    const sse = { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: 'arn:of:key' };
    const sent = await repair({ T: { Type: 'AWS::DynamoDB::Table', Properties: { TimeToLiveSpecification: specification, SSESpecification: sse } } });
    expect(sent.map(({ constructor }) => constructor)).toEqual([UpdateTimeToLiveCommand, UpdateTableCommand]);
    expect(sent.map(({ input }) => input)).toEqual([
      { TableName: 'physical-T', TimeToLiveSpecification: specification },
      { TableName: 'physical-T', SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'arn:of:key' } },
    ]);
  });

  it('creates request validators and links the methods that name them', async () => {
    const RestApiId = { Ref: 'Api' };
    const sent = await repair({
      Api: { Type: 'AWS::ApiGateway::RestApi' },
      R: { Type: 'AWS::ApiGateway::Resource' },
      V: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId, ValidateRequestBody: true } },
      M: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId, ResourceId: { Ref: 'R' }, HttpMethod: 'POST', RequestValidatorId: { Ref: 'V' } } },
      Other: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId, ResourceId: { Ref: 'R' }, HttpMethod: 'GET' } },
    });
    expect(sent.map(({ constructor }) => constructor)).toEqual([CreateRequestValidatorCommand, UpdateMethodCommand]);
    expect(sent[0].input).toEqual({ restApiId: 'physical-Api', name: 'V', validateRequestBody: true, validateRequestParameters: false });
    expect(sent[1].input).toEqual({
      restApiId: 'physical-Api',
      resourceId: 'physical-R',
      httpMethod: 'POST',
      patchOperations: [{ op: 'replace', path: '/requestValidatorId', value: 'id1' }],
    });
  });

  it('fails when a value cannot be resolved, instead of leaving it out', async () => {
    const byDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::ImportValue': 'elsewhere' } };
    const encryption = { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: byDefault }] };
    await expect(repair({ B: { Type: 'AWS::S3::Bucket', Properties: { BucketEncryption: encryption } } }))
      .rejects.toThrow('cannot resolve {"Fn::ImportValue":"elsewhere"} of stack S');
  });
});

describe('websites', () => {
  const page = {
    Type: 'Custom::CDKBucketDeployment',
    Properties: {
      DestinationBucketName: { Ref: 'Site' }, SourceObjectKeys: ['a.zip', 'b.zip'], SourceMarkers: [{}, { '<<marker:0xbaba:0>>': { Ref: 'Api' } }],
    },
  };
  const template = templateOf({ Site: { Type: 'AWS::S3::Bucket' }, Page: page });

  it('are outputs instead of resources, as their values are known in the end only', () => {
    const [replaced] = DIFFERENCES.flatMap(({ replace }) => replace?.(template) ?? []);
    expect(Object.keys(replaced.Resources)).toEqual(['Site']);
    expect(Object.values(replaced.Outputs ?? {})).toEqual([{
      Value: {
        'Fn::Join': ['', [
          { Ref: 'Site' }, '\u001e', 'a.zip', '\u001e', 'b.zip', '\u001f', '<<marker:0xbaba:0>>', '\u001f', { Ref: 'Api' },
        ]],
      },
    }]);
  });

  it('are uploaded, with what their files left open', async () => {
    const folder = temporaryFolder();
    for (const [name, text] of [['a/index.html', '<h1>'], ['a/img/x.svg', '<svg>'], ['b/config.json', '{"url": "<<marker:0xbaba:0>>"}']]) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    const { clients, sent } = recorder();
    const outputs = { LocalWebsite0: ['site', 'a.zip', 'b.zip\u001f<<marker:0xbaba:0>>\u001fhttps://api'].join('\u001e') };
    const assets = ['a', 'b'].map((name) => ({ path: path.join(folder, name), zip: true, bucket: 'assets', key: `${name}.zip` }));
    for (const { repair: make } of DIFFERENCES) await make?.({ ...stackOf({}), outputs, assets }, clients);
    expect(sent.map(({ input }) => input)).toEqual(expect.arrayContaining([
      { Bucket: 'site', Key: 'index.html', Body: Buffer.from('<h1>'), ContentType: 'text/html' },
      { Bucket: 'site', Key: 'img/x.svg', Body: Buffer.from('<svg>'), ContentType: 'image/svg+xml' },
      { Bucket: 'site', Key: 'config.json', Body: '{"url": "https://api"}', ContentType: 'application/json' },
    ]));
    expect(sent).toHaveLength(3);
  });
});
