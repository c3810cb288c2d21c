import * as crypto from 'node:crypto';
import * as vm from 'node:vm';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ApiAuth, ImageStorage } from '../../../src';
import { S3ImageStore } from '../../../src/handlers/adapters/s3/s3-image-store';
import { PLAYGROUND_PATHS } from '../../../src/private/contract/playground';
import { behaviorOf, playground } from '../../helpers/playground';
import { HOME, resources, testStack, textOf } from '../../helpers/stack';

const SECRET = 'secret';
/** A session token with all characters that need encoding in a query. */
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'ASIA', AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: 'IQoJ+/==', AWS_REGION: HOME.region };
const before = { ...process.env };
beforeAll(() => { Object.assign(process.env, CREDENTIALS); });
afterAll(() => { process.env = before; });

const stack = testStack(HOME);
playground({}, { auth: ApiAuth.none(), storage: ImageStorage.existing(s3.Bucket.fromBucketName(stack, 'B', 'my-bucket')) }, stack);
const template = Template.fromStack(stack);
const store = new S3ImageStore('my-bucket', HOME.region);

interface OriginRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** Returns what the origin of a behavior receives, from its origin, its function and its origin request policy in the template. */
function forwarded(pattern: string, { method, path, query }: Omit<OriginRequest, 'host'>): OriginRequest {
  const { behavior, origin } = behaviorOf(template, pattern);
  const [{ FunctionARN }] = behavior.FunctionAssociations!;
  const { FunctionCode: code } = resources(template)[(FunctionARN as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0]].Properties;
  const { uri } = vm.runInNewContext(`${String(code)}; handler(event)`, { event: { request: { method, uri: path, querystring: {}, headers: {} } } }) as { uri: string };
  const policy = resources(template)[(behavior.OriginRequestPolicyId as { Ref: string }).Ref].Properties.OriginRequestPolicyConfig;
  expect(policy).toMatchObject({ QueryStringsConfig: { QueryStringBehavior: 'all' } });
  return { method, host: textOf(origin.DomainName).replace('<AWS::URLSuffix>', 'amazonaws.com'), path: `${origin.OriginPath ?? ''}${uri}`, query };
}

const hmac = (key: crypto.BinaryLike, text: string) => crypto.createHmac('sha256', key).update(text).digest();

/** Computes the signature of a presigned URL as S3 does. See "Authenticating Requests: Using Query Parameters" in the Amazon S3 API Reference. */
function signatureOf({ method, host, path, query }: OriginRequest): string {
  const encode = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  const parameters = new URLSearchParams(query);
  expect(parameters.get('X-Amz-SignedHeaders')).toBe('host');
  const signed = [...parameters].filter(([name]) => name !== 'X-Amz-Signature').map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const request = [method, path, signed.join('&'), `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const [, ...scope] = parameters.get('X-Amz-Credential')!.split('/');
  const text = ['AWS4-HMAC-SHA256', parameters.get('X-Amz-Date'), scope.join('/'), crypto.createHash('sha256').update(request).digest('hex')].join('\n');
  const key = scope.reduce<crypto.BinaryLike>((current, part) => hmac(current, part), `AWS4${SECRET}`);
  return hmac(key as Buffer, text).toString('hex');
}

describe('a signed image URL', () => {
  it.each(['images/0a1b/01JD0000/0.png', 'images/o=1/a b+c.png'])('is valid for what the bucket receives for %s', async (key) => {
    const url = new URL(await store.sign(key, new Date(), 300));
    // the page replaces the origin, and puts the path behind the one of the behavior
    const request = forwarded('/i/*', { method: 'GET', path: `${PLAYGROUND_PATHS.images}${url.pathname}`, query: url.search.slice(1) });
    expect(request).toMatchObject({ host: url.host, path: url.pathname });
    expect(signatureOf(request)).toBe(url.searchParams.get('X-Amz-Signature'));
  });

  it('is not valid for another host, path or query', async () => {
    const url = new URL(await store.sign('images/0.png', new Date(), 300));
    const request = { method: 'GET', host: url.host, path: url.pathname, query: url.search.slice(1) };
    const signature = url.searchParams.get('X-Amz-Signature');
    expect(signatureOf(request)).toBe(signature);
    for (const change of [{ host: 'd1.cloudfront.net' }, { path: `/i${url.pathname}` }, { query: request.query.replace('=300', '=301') }]) {
      expect(signatureOf({ ...request, ...change })).not.toBe(signature);
    }
  });
});

describe('a presigned upload', () => {
  it('is sent to the root of the bucket, which its policy names', async () => {
    const { url, fields } = await store.signUpload('images/uploads/1.png', { contentType: 'image/png', maxBytes: 10, expiresIn: 300 });
    const request = forwarded('/u', { method: 'POST', path: PLAYGROUND_PATHS.uploads, query: '' });
    expect(`https://${request.host}${request.path}`).toBe(new URL(url).href);
    const { conditions } = JSON.parse(Buffer.from(fields.Policy, 'base64').toString()) as { conditions: unknown[] };
    expect(conditions).toContainEqual({ bucket: 'my-bucket' });
  });
});
