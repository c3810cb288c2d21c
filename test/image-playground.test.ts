import * as fs from 'node:fs';
import * as path from 'node:path';
import { type App, Duration, type Environment, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { ApiAuth, Delivery, GenAiImageApi, ImagePlayground } from '../src';
import { behaviorOf, distributionOf, playground } from './helpers/playground';
import { asList, HOME, imageApi, ofType, resources, type Statement, testApp, testStack, textOf } from './helpers/stack';
import { PLAYGROUND_DATA_HEADERS, playgroundHeaders } from '../src/private/contract/playground';
import { pageFolder } from '../src/private/playground/page-folder';

const EU = { account: HOME.account, region: 'eu-west-1' };
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/1';

function synth(...args: Parameters<typeof playground>): Template {
  return Template.fromStack(Stack.of(playground(...args)));
}

/** Returns the headers that a response headers policy sets. */
function headersOf(template: Template, policy: { readonly Ref: string }): Record<string, string> {
  const { ResponseHeadersPolicyConfig } = resources(template)[policy.Ref].Properties as { ResponseHeadersPolicyConfig: HeadersPolicy };
  const { SecurityHeadersConfig: security, CustomHeadersConfig: { Items: custom } } = ResponseHeadersPolicyConfig;
  for (const { Override } of [...Object.values(security), ...custom]) expect(Override).toBe(true);
  return {
    'Content-Security-Policy': textOf(security.ContentSecurityPolicy.ContentSecurityPolicy),
    ...(security.ContentTypeOptions && { 'X-Content-Type-Options': 'nosniff' }),
    'Referrer-Policy': security.ReferrerPolicy.ReferrerPolicy,
    'Strict-Transport-Security': `max-age=${security.StrictTransportSecurity.AccessControlMaxAgeSec}`,
    ...Object.fromEntries(custom.map(({ Header, Value }) => [Header, Value])),
  };
}

interface HeadersPolicy {
  readonly SecurityHeadersConfig: {
    readonly ContentSecurityPolicy: { readonly ContentSecurityPolicy: unknown; readonly Override: boolean };
    readonly ContentTypeOptions: { readonly Override: boolean };
    readonly ReferrerPolicy: { readonly ReferrerPolicy: string; readonly Override: boolean };
    readonly StrictTransportSecurity: { readonly AccessControlMaxAgeSec: number; readonly Override: boolean };
  };
  readonly CustomHeadersConfig: { readonly Items: readonly { readonly Header: string; readonly Value: string; readonly Override: boolean }[] };
}

describe('the bucket of the page', () => {
  const template = synth();
  const [id, { Properties }] = Object.entries(resources(template)).find(([name, { Type }]) => Type === 'AWS::S3::Bucket' && name.startsWith('Playground'))!;
  const statements = ofType(template, 'AWS::S3::BucketPolicy')
    .filter((policy) => (policy.Properties.Bucket as { Ref: string }).Ref === id)
    .flatMap((policy) => (policy.Properties.PolicyDocument as { Statement: Statement[] }).Statement);

  it('is private and encrypted, and is deleted with the stack and its files', () => {
    expect(Properties).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    expect(resources(template)[id].DeletionPolicy).toBe('Delete');
    template.hasResourceProperties('Custom::S3AutoDeleteObjects', { BucketName: { Ref: id } });
  });

  it('denies requests without TLS', () => {
    expect(statements).toContainEqual(expect.objectContaining({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }));
  });

  it('is read by this distribution only', () => {
    const reads = statements.filter(({ Effect, Action }) => Effect === 'Allow' && asList(Action).some((action) => action.startsWith('s3:GetObject') && action !== 's3:GetObject*'));
    expect(reads).toHaveLength(1);
    expect(reads[0]).toMatchObject({ Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } });
    expect(textOf((reads[0].Condition as { StringEquals: object }).StringEquals['AWS:SourceArn' as never])).toMatch(/:distribution\/<PlaygroundDistribution\w+>$/);
    template.hasResourceProperties('AWS::CloudFront::OriginAccessControl', { OriginAccessControlConfig: { OriginAccessControlOriginType: 's3', SigningBehavior: 'always' } });
  });

  it('gets the files with a hash first, for a year, and then the page, which is revalidated', () => {
    const [parts, page] = ['Parts', 'Page'].map((name) => Object.entries(template.findResources('Custom::CDKBucketDeployment'))
      .find(([logicalId]) => logicalId.startsWith(`Playground${name}`))!);
    expect(parts[1].Properties).toMatchObject({ SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' }, Prune: false });
    expect(page[1].Properties).toMatchObject({ SystemMetadata: { 'cache-control': 'no-cache' }, Prune: false });
    expect(page[1].DependsOn).toContain(parts[0]);
    for (const [, { Properties: properties }] of [parts, page]) expect(properties).not.toHaveProperty('DistributionId');
  });

  it('gets each file of the page once', () => {
    const app = testApp({ 'aws:cdk:disable-asset-staging': false });
    const stack = testStack(HOME, app);
    playground({}, undefined, stack);
    const { directory } = app.synth();
    const folders = fs.readdirSync(directory).map((name) => path.join(directory, name)).filter((file) => file.includes('asset.') && fs.statSync(file).isDirectory());
    const files = folders.map((folder) => fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => fs.statSync(path.join(folder, file)).isFile()));
    const page = files.find((names) => names.includes('index.html'))!;
    const parts = files.find((names) => names.length > 0 && names.every((name) => /\.(js|css)$/.test(name)) && !names.includes('index.js'))!;
    const all = fs.readdirSync(path.join(__dirname, '../assets/playground'), { recursive: true, encoding: 'utf8' }).filter((name) => path.extname(name) !== '');
    expect([...page, ...parts].sort()).toEqual(all.sort());
    expect(files).toContainEqual(['config.json']);
    expect(page.filter((name) => /\.(js|css)$/.test(name))).toEqual([]);
  });
});

describe('the distribution', () => {
  const template = synth();

  it('speaks HTTP/2 and HTTP/3, and serves index.html for the root only', () => {
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { HttpVersion: 'http2and3', DefaultRootObject: 'index.html', IPV6Enabled: true, Enabled: true },
    });
    for (const error of distributionOf(template).CustomErrorResponses) expect(error).not.toHaveProperty('ResponsePagePath');
  });

  it('caches no errors', () => {
    const codes = [404, 405, 414, 500, 501, 502, 503, 504];
    expect(distributionOf(template).CustomErrorResponses).toEqual(codes.map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })));
  });

  it('serves the page compressed over HTTPS, from the private bucket', () => {
    const { behavior, origin } = behaviorOf(template, '*');
    expect(behavior).toMatchObject({ ViewerProtocolPolicy: 'redirect-to-https', Compress: true, CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6' });
    expect(behavior).not.toHaveProperty('FunctionAssociations');
    expect(origin.OriginAccessControlId).toBeDefined();
  });

  it('forwards /api/* with all methods and headers to the stage of the API, without caching', () => {
    const { behavior, origin } = behaviorOf(template, '/api/*');
    expect(behavior).toMatchObject({
      ViewerProtocolPolicy: 'https-only',
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
      // CachingDisabled and AllViewerExceptHostHeader
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    });
    expect(textOf(origin.DomainName)).toMatch(/^<ImagesApi\w+>\.execute-api\.us-west-2\.<AWS::URLSuffix>$/);
    expect(origin).toMatchObject({ OriginPath: '/prod', CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'], OriginReadTimeout: 30 } });
  });

  it('forwards /i/* with the signed query to the image bucket, without access control of its own', () => {
    const { behavior, origin } = behaviorOf(template, '/i/*');
    expect(behavior.ViewerProtocolPolicy).toBe('https-only');
    expect(behavior).not.toHaveProperty('AllowedMethods');
    expect(textOf(origin.DomainName)).toMatch(/^<ImagesBucket\w+>\.s3\.us-west-2\.<AWS::URLSuffix>$/);
    expect(origin).not.toHaveProperty('OriginAccessControlId');
    expect(origin).not.toHaveProperty('S3OriginConfig');
    expect(origin.OriginPath).toBeUndefined();
    expect(requestPolicy(behavior)).toMatchObject({
      QueryStringsConfig: { QueryStringBehavior: 'all' }, HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Content-Type'] }, CookiesConfig: { CookieBehavior: 'none' },
    });
  });

  it('has the signature of an image URL in its cache key, and caches no image', () => {
    const { CachePolicyConfig: policy } = propertiesOf(behaviorOf(template, '/i/*').behavior.CachePolicyId) as { CachePolicyConfig: object };
    expect(policy).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 1,
      ParametersInCacheKeyAndForwardedToOrigin: {
        QueryStringsConfig: { QueryStringBehavior: 'all' }, HeadersConfig: { HeaderBehavior: 'none' }, CookiesConfig: { CookieBehavior: 'none' },
      },
    });
  });

  it('forwards uploads to the image bucket', () => {
    const { behavior, origin } = behaviorOf(template, '/u');
    expect(behavior).toMatchObject({ ViewerProtocolPolicy: 'https-only', CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' });
    expect(behavior.AllowedMethods).toContain('POST');
    expect(origin).toEqual(behaviorOf(template, '/i/*').origin);
    expect(requestPolicy(behavior)).toEqual(requestPolicy(behaviorOf(template, '/i/*').behavior));
  });

  it.each(['/api/*', '/i/*', '/u'])('runs the function for %s that removes the prefix', (pattern) => {
    const [association, ...others] = behaviorOf(template, pattern).behavior.FunctionAssociations!;
    expect(others).toEqual([]);
    expect(association).toMatchObject({ EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': [expect.stringMatching(/^PlaygroundPaths/), 'FunctionARN'] } });
    template.hasResourceProperties('AWS::CloudFront::Function', { FunctionConfig: { Runtime: 'cloudfront-js-2.0' }, FunctionCode: Match.stringLikeRegexp('function handler') });
  });

  it('has no other behaviors', () => {
    expect(distributionOf(template).CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual(['/api/*', '/i/*', '/u']);
  });

  it('adds the security headers of the page, without unsafe sources', () => {
    const headers = headersOf(template, behaviorOf(template, '*').behavior.ResponseHeadersPolicyId);
    expect(headers).toEqual(playgroundHeaders());
    expect(headers['Content-Security-Policy']).not.toContain('unsafe');
  });

  it.each(['/api/*', '/i/*', '/u'])('adds the headers of data to %s', (pattern) => {
    expect(headersOf(template, behaviorOf(template, pattern).behavior.ResponseHeadersPolicyId)).toEqual(PLAYGROUND_DATA_HEADERS);
  });

  it.each([
    [undefined, 30], [Duration.seconds(20), 30], [Duration.seconds(40), 42], [Duration.seconds(120), 60],
  ])('waits for an API with a timeout of %p for %i seconds', (timeout, seconds) => {
    const { origin } = behaviorOf(synth({}, { auth: ApiAuth.none(), compute: { timeout } }), '/api/*');
    expect(origin.CustomOriginConfig?.OriginReadTimeout).toBe(seconds);
  });

  function propertiesOf(reference: unknown): Readonly<Record<string, unknown>> {
    return resources(template)[(reference as { Ref: string }).Ref].Properties;
  }

  function requestPolicy(behavior: { readonly OriginRequestPolicyId?: unknown }): unknown {
    return propertiesOf(behavior.OriginRequestPolicyId).OriginRequestPolicyConfig;
  }
});

describe('the URL of the page', () => {
  it('has the domain name of the distribution by default', () => {
    const page = playground();
    expect(textOf(Stack.of(page).resolve(page.url))).toMatch(/^https:\/\/<PlaygroundDistribution\w+\.DomainName>\/$/);
  });

  it('has the domain name of the user', () => {
    const stack = testStack(HOME);
    const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE);
    const page = playground({ domain: 'images.example.com', certificate }, undefined, stack);
    expect(page.url).toBe('https://images.example.com/');
    Template.fromStack(stack).hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['images.example.com'],
        ViewerCertificate: { AcmCertificateArn: CERTIFICATE, MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
      },
    });
  });
});

describe('names of resources without Regions', () => {
  const GLOBAL = ['OriginAccessControl', 'ResponseHeadersPolicy', 'CachePolicy', 'OriginRequestPolicy', 'Function'];

  it.each<[string, Environment | undefined, string]>([['of the stack', HOME, 'us-west-2'], ['that is only known at deployment', undefined, '<AWS::Region>']])('contain the Region %s', (_case, env, region) => {
    const template = synth({}, undefined, testStack(env));
    const names = GLOBAL.flatMap((type) => ofType(template, `AWS::CloudFront::${type}`)).map(({ Properties }) => {
      const { Name = (Object.values(Properties).find((value) => 'Name' in Object(value)) as { Name: unknown }).Name } = Properties as { Name?: unknown };
      return textOf(Name);
    });
    expect(names).toHaveLength(6);
    expect(new Set(names).size).toBe(6);
    for (const name of names) {
      expect(name).toContain(region);
      expect(name.replace('<AWS::Region>', 'ap-southeast-2').length).toBeLessThanOrEqual(64);
    }
  });
});

describe('a playground in another stack', () => {
  it('depends on the stack of the API, which does not change but for exports', () => {
    const app = testApp();
    const apiStack = testStack(HOME, app);
    const images = imageApi({ auth: ApiAuth.apiKey({ clients: ['web'] }) }, apiStack);
    const pageStack = new Stack(app, 'Page', { env: HOME });
    new ImagePlayground(pageStack, 'Playground', { api: images });
    const { Outputs: outputs, ...withPage } = Template.fromStack(apiStack).toJSON();
    expect(pageStack.dependencies.map(({ stackName }) => stackName)).toEqual([apiStack.stackName]);
    expect(apiStack.dependencies).toHaveLength(0);
    const alone = testStack(HOME);
    imageApi({ auth: ApiAuth.apiKey({ clients: ['web'] }) }, alone);
    const { Outputs: none, ...without } = Template.fromStack(alone).toJSON();
    expect(none).toBeUndefined();
    expect(withPage).toEqual(without);
    expect(Object.values(outputs as Record<string, { Value: unknown }>).map(({ Value }) => textOf(Value)).sort())
      .toEqual([expect.stringMatching(/^<ImagesApi\w+>$/), expect.stringMatching(/^<ImagesBucket\w+>$/)]);
  });

  it('can be in another Region, with cross-region references', () => {
    const app = testApp();
    const images = imageApi({ auth: ApiAuth.none() }, new Stack(app, 'Api', { env: EU, crossRegionReferences: true }));
    const pageStack = new Stack(app, 'Page', { env: { ...EU, region: 'us-east-1' }, crossRegionReferences: true });
    new ImagePlayground(pageStack, 'Playground', { api: images });
    const { origin } = behaviorOf(Template.fromStack(pageStack), '/api/*');
    expect(JSON.stringify(origin.DomainName)).toContain('.execute-api.eu-west-1.');
  });
});

describe('the stack of the API', () => {
  it('gets resources of the playground only, and nothing that is charged by the hour', () => {
    const alone = testStack(HOME);
    imageApi({ auth: ApiAuth.apiKey({ clients: ['web'] }) }, alone);
    const without = Template.fromStack(alone).toJSON().Resources as Record<string, object>;
    const withPage = synth().toJSON().Resources as Record<string, { Type: string }>;
    expect(withPage).toMatchObject(without);
    const added = Object.entries(withPage).filter(([id]) => !(id in without)).map(([, { Type }]) => Type).sort();
    expect(added).toEqual([
      'AWS::CloudFront::CachePolicy', 'AWS::CloudFront::Distribution', 'AWS::CloudFront::Function', 'AWS::CloudFront::OriginAccessControl',
      'AWS::CloudFront::OriginRequestPolicy', 'AWS::CloudFront::ResponseHeadersPolicy', 'AWS::CloudFront::ResponseHeadersPolicy',
      'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Lambda::Function', 'AWS::Lambda::LayerVersion',
      'AWS::Lambda::LayerVersion', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'Custom::CDKBucketDeployment', 'Custom::CDKBucketDeployment', 'Custom::S3AutoDeleteObjects',
    ]);
  });
});

describe('warnings', () => {
  const warnings = (stack: Stack, id: string) => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(`cdk-genai-image-api:${id}`));

  it.each(['before', 'after'])('say that users of the page share the limit of a firewall that was added %s it', (order) => {
    const stack = testStack(HOME);
    const images = imageApi({ auth: ApiAuth.none() }, stack);
    if (order === 'before') images.addFirewall();
    new ImagePlayground(stack, 'Playground', { api: images });
    if (order === 'after') images.addFirewall();
    (stack.node.root as App).synth();
    expect(warnings(stack, 'playgroundIpLimit')).toHaveLength(1);
  });

  it('name requests that take longer than CloudFront waits', () => {
    const stack = testStack(HOME);
    playground({}, { auth: ApiAuth.none(), compute: { timeout: Duration.seconds(59) } }, stack);
    expect(warnings(stack, 'playgroundTimeout')).toHaveLength(1);
    const other = testStack(HOME);
    playground({}, { auth: ApiAuth.none(), compute: { timeout: Duration.seconds(58) }, delivery: Delivery.queued() }, other);
    expect(warnings(other, 'playground')).toHaveLength(0);
  });
});

describe('the files of the page', () => {
  it('are reported if they do not exist, with the fix', () => {
    expect(() => pageFolder('missing')).toThrow(
      'the files of the playground do not exist in missing/playground; install cdk-genai-image-api again, or in its repository run: npx projen playground:bundle',
    );
  });
});

it('needs an API of this app', () => {
  const stack = testStack(HOME);
  const api = GenAiImageApi.fromGenAiImageApiAttributes(stack, 'Imported', { restApiId: 'a1b2c3d4e5' });
  expect(() => new ImagePlayground(stack, 'Playground', { api: api as GenAiImageApi }))
    .toThrow("'api' must be a GenAiImageApi, got an instance of ImportedGenAiImageApi; create the playground in the app that defines the API");
});
