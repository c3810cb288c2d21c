import * as fs from 'node:fs';
import * as path from 'node:path';
import { CreateRequestValidatorCommand, UpdateMethodCommand } from '@aws-sdk/client-api-gateway';
import { UpdateTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { PutBucketEncryptionCommand, PutBucketLifecycleConfigurationCommand, PutBucketOwnershipControlsCommand } from '@aws-sdk/client-s3';
import { bootstrap } from '../../local/deployment/bootstrap';
import { type DeployedStack } from '../../local/deployment/create-stack';
import { applicableDifferences, describeDifferences, DIFFERENCES, emulatorSettings, type RunEnvironment } from '../../local/differences';
import { type Clients } from '../../local/emulator/clients';
import { type Resource, type Template } from '../../local/template/template';
import { temporaryFolder } from '../helpers/temporary-files';

const RUN: RunEnvironment = { auth: false, modelUrl: 'http://127.0.0.1:1', nodeFolder: '/node/bin' };

function templateOf(resources: Record<string, Resource>): Template {
  return { Resources: resources };
}

function applicable(template: Template, run = RUN): string[] {
  return applicableDifferences([template], run).map(({ difference: { kind, feature } }) => `${kind} ${feature}`);
}

interface SentCommand {
  readonly constructor: { readonly name: string };
  readonly input: unknown;
}

/** Creates clients that record their commands. */
function recorder(): { clients: Clients; sent: SentCommand[] } {
  const sent: SentCommand[] = [];
  const client = { send: async (command: SentCommand) => { sent.push(command); return { id: `id${sent.length}` }; } };
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

async function repair(resources: Record<string, Resource>): Promise<SentCommand[]> {
  const { clients, sent } = recorder();
  for (const difference of DIFFERENCES) await difference.repair?.(stackOf(resources), clients);
  return sent;
}

describe('DIFFERENCES', () => {
  it('have a kind, a unique feature and a reason', () => {
    for (const { kind, feature, reason } of DIFFERENCES) {
      expect(['dropped', 'repaired', 'supplied']).toContain(kind);
      expect(feature).toMatch(/\w/);
      expect(reason).toMatch(/\w/);
    }
    expect(new Set(DIFFERENCES.map(({ feature }) => feature)).size).toBe(DIFFERENCES.length);
  });

  it('define no action when dropped', () => {
    for (const { repair: make, prepare, environment, patch } of DIFFERENCES.filter(({ kind }) => kind === 'dropped')) {
      expect([make, prepare, environment, patch]).toEqual([undefined, undefined, undefined, undefined]);
    }
  });

  it('print nothing for an empty template', () => {
    expect(describeDifferences([templateOf({})], RUN)).toEqual([]);
  });

  it('are printed once with the number of affected resources', () => {
    const method: Resource = { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'GET', ApiKeyRequired: true } };
    const lines = describeDifferences([templateOf({ A: method, B: method }), templateOf({ C: method })], RUN);
    expect(lines).toEqual(['    supplied  requestContext.identity.apiKey and apiKeyId (3): AWS passes the API key to the function, the emulator does not']);
  });
});

describe('affected', () => {
  const CASES: [string, Resource, string[]][] = [
    ['a function', { Type: 'AWS::Lambda::Function' }, ['supplied models on Amazon Bedrock and Amazon SageMaker', 'supplied Node.js 24']],
    ['a lifecycle', { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: {} } }, ['repaired bucket lifecycle rules']],
    ['a plain bucket', { Type: 'AWS::S3::Bucket', Properties: {} }, []],
    ['a TTL', { Type: 'AWS::DynamoDB::Table', Properties: { TimeToLiveSpecification: {} } }, ['repaired table time to live']],
    ['an access log', { Type: 'AWS::ApiGateway::Stage', Properties: { AccessLogSetting: {} } }, ['dropped API access log']],
    ['a stage', { Type: 'AWS::ApiGateway::Stage', Properties: {} }, []],
    [
      'a preflight method for one origin', { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'OPTIONS', Integration: { Type: 'MOCK' } } },
      ['repaired Content-Length of preflight responses'],
    ],
    [
      'a preflight method for several origins',
      { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'OPTIONS', Integration: { R: '$context.responseOverride.header.X' } } },
      ['repaired Content-Length of preflight responses', 'dropped selection of the CORS origin in preflight responses'],
    ],
    [
      'the gateway response to a crash', { Type: 'AWS::ApiGateway::GatewayResponse', Properties: { ResponseType: 'DEFAULT_5XX' } },
      ['dropped gateway response when a function crashes'],
    ],
    ['a web ACL', { Type: 'AWS::WAFv2::WebACL' }, ['dropped AWS WAF']],
    [
      'a function in a VPC', { Type: 'AWS::Lambda::Function', Properties: { VpcConfig: {} } },
      ['supplied models on Amazon Bedrock and Amazon SageMaker', 'supplied Node.js 24', 'dropped VPC of functions'],
    ],
    ['a flow log', { Type: 'AWS::EC2::FlowLog' }, ['dropped VPC flow logs and separate security group rules']],
    [
      'a private API', { Type: 'AWS::ApiGateway::RestApi', Properties: { EndpointConfiguration: { Types: ['PRIVATE'] } } },
      ['supplied invoke URL', 'supplied requestContext.domainName', 'supplied VPC endpoint of a private API'],
    ],
    [
      'a regional API', { Type: 'AWS::ApiGateway::RestApi', Properties: { EndpointConfiguration: { Types: ['REGIONAL'] } } },
      ['supplied invoke URL', 'supplied requestContext.domainName'],
    ],
    ['an alarm with metric math', { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [] } }, ['dropped alarms with metric math']],
    ['an alarm of one metric', { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'X' } }, []],
    ['server access logs', { Type: 'AWS::S3::Bucket', Properties: { LoggingConfiguration: {} } }, ['dropped S3 server access logs']],
    ['another gateway response', { Type: 'AWS::ApiGateway::GatewayResponse', Properties: { ResponseType: 'THROTTLED' } }, []],
  ];

  it.each(CASES)('applies to %s', (_, resource, expected) => {
    expect(applicable(templateOf({ X: resource }))).toEqual(expected);
  });

  it('applies to the bootstrap version parameter', () => {
    const template: Template = { Resources: {}, Parameters: { BootstrapVersion: { Default: '/cdk-bootstrap/hnb659fds/version' } } };
    expect(applicable(template)).toEqual(['supplied bootstrap bucket and version parameter']);
  });

  it('depends on whether IAM policies are evaluated', () => {
    const template = templateOf({
      Policy: { Type: 'AWS::IAM::Policy' },
      TlsOnly: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: { Condition: { Bool: { 'aws:SecureTransport': 'false' } } } } },
      Method: { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'GET', AuthorizationType: 'AWS_IAM' } },
    });
    expect(applicable(template)).toEqual(['dropped signature verification', 'dropped IAM policies']);
    expect(applicable(template, { ...RUN, auth: true })).toEqual(['supplied host of signed requests', 'supplied aws:SecureTransport = true']);
  });
});

describe('replace', () => {
  const replaced = (template: Template) => DIFFERENCES.reduce((current, { replace }) => replace?.(current) ?? current, template);

  it('removes resources that the emulator does not know, with the dependencies on them', () => {
    const template = templateOf({
      WebAcl: { Type: 'AWS::WAFv2::WebACL' },
      Association: { Type: 'AWS::WAFv2::WebACLAssociation' },
      Rule: { Type: 'AWS::EC2::SecurityGroupEgress' },
      MathAlarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [] } },
      Function: { Type: 'AWS::Lambda::Function', DependsOn: ['Rule', 'WebAcl'] } as Resource,
    });
    expect(replaced(template).Resources).toEqual({
      WebAcl: { Type: 'AWS::WAFv2::WebACL' },
      Function: { Type: 'AWS::Lambda::Function', DependsOn: ['WebAcl'] },
    });
  });

  it('uses the CIDR block in the properties of a VPC for its attribute', () => {
    const template = templateOf({
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: [{ CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } }], VpcId: { 'Fn::GetAtt': ['Vpc', 'VpcId'] } } },
    });
    expect(replaced(template).Resources.Group.Properties).toEqual({
      SecurityGroupIngress: [{ CidrIp: '10.0.0.0/16' }], VpcId: { 'Fn::GetAtt': ['Vpc', 'VpcId'] },
    });
  });

  it('leaves other templates unchanged', () => {
    const template = templateOf({ Table: { Type: 'AWS::DynamoDB::Table' } });
    expect(replaced(template).Resources).toEqual(template.Resources);
  });
});

describe('emulatorSettings', () => {
  it('include the URL of the model service, Node.js first on the PATH, and the patches', () => {
    expect(emulatorSettings(RUN)).toEqual({
      environment: {
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: 'http://127.0.0.1:1', PATH: '/node/bin:/usr/bin:/bin',
      },
      patches: ['api-key-identity', 'domain-name', 'forwarded-host', 'secure-transport', 'event-conditions', 'source-vpce'],
    });
  });
});

describe('bootstrap', () => {
  it('creates each bucket and each parameter once', async () => {
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

  it('sets the encryption of a bucket with the KMS key of the stack', async () => {
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

  it('creates request validators and assigns them to the methods', async () => {
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

  it('fails when a property value cannot be resolved', async () => {
    const byDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::ImportValue': 'elsewhere' } };
    const encryption = { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: byDefault }] };
    await expect(repair({ B: { Type: 'AWS::S3::Bucket', Properties: { BucketEncryption: encryption } } }))
      .rejects.toThrow('cannot resolve {"Fn::ImportValue":"elsewhere"} of stack S');
  });
});

describe('the deletion of objects with their bucket', () => {
  it('is removed, because its function would never respond', () => {
    const deletion = { Type: 'Custom::S3AutoDeleteObjects', Properties: { BucketName: { Ref: 'Site' } } };
    const template = templateOf({ Site: { Type: 'AWS::S3::Bucket' }, Delete: deletion });
    const replaced = DIFFERENCES.reduce((current, { replace }) => replace?.(current) ?? current, template);
    expect(Object.keys(replaced.Resources)).toEqual(['Site']);
  });
});

describe('bucket deployments', () => {
  const page = {
    Type: 'Custom::CDKBucketDeployment',
    Properties: {
      DestinationBucketName: { Ref: 'Site' }, SourceObjectKeys: ['a.zip', 'b.zip'], SourceMarkers: [{}, { '<<marker:0xbaba:0>>': { Ref: 'Api' } }],
    },
  };
  const template = templateOf({ Site: { Type: 'AWS::S3::Bucket' }, Page: page });

  it('are replaced with outputs', () => {
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

  it('are uploaded with resolved markers', async () => {
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
