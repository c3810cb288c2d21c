import * as fs from 'node:fs';
import * as path from 'node:path';
import { Duration, type Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { APIGATEWAY_AUTHORIZER_CHANGE_DEPLOYMENT_LOGICAL_ID } from 'aws-cdk-lib/cx-api';
import { ApiAuth, ApiRoutes, Delivery, type GenAiImageApiProps, ImageEdits, LegacyMethod, LegacyReply, TextModel } from '../../../src';
import { HOME, synth, testStack } from '../../helpers/stack';

/**
 * Returns the logical id of the deployment. API Gateway applies changes of methods, authorizers and gateway responses only with a new
 * deployment, which needs another logical id.
 */
function deploymentId(props: (stack: Stack) => GenAiImageApiProps): string {
  const stack = testStack(HOME);
  const [id] = Object.keys(synth(props(stack), stack).findResources('AWS::ApiGateway::Deployment'));
  return id;
}

const pool = (id: string) => (stack: Stack) => cognito.UserPool.fromUserPoolId(stack, id, `us-west-2_${id}`);
const authorizer = (id: string) => (stack: Stack) => new lambda.Function(stack, id, {
  runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};'),
});
const client = (id: string) => (stack: Stack) => cognito.UserPoolClient.fromUserPoolClientId(stack, `Client${id}`, id);

const JWT = { issuer: 'https://issuer.example', audience: ['images'] };
const OPEN_AI = [ApiRoutes.standard(), ApiRoutes.openAi()];
const legacy = (route: string, promptParameter = 'prompt') => [
  ApiRoutes.legacy({ path: route, promptParameter, methods: [LegacyMethod.GET], reply: LegacyReply.base64() }),
];

describe('the logical id of the deployment', () => {
  const variants: Record<string, (stack: Stack) => GenAiImageApiProps> = {
    'no props': () => ({}),
    'IAM': () => ({ auth: ApiAuth.iam(), routes: OPEN_AI }),
    'no authentication': () => ({ auth: ApiAuth.none() }),
    'API keys': () => ({ auth: ApiAuth.apiKey({ clients: ['web'] }), routes: OPEN_AI }),
    'bearer API keys': () => ({ auth: ApiAuth.apiKey({ clients: ['web'], acceptBearer: true }), routes: OPEN_AI }),
    'a user pool': (stack) => ({ auth: ApiAuth.cognito(pool('A')(stack)) }),
    'another user pool': (stack) => ({ auth: ApiAuth.cognito(pool('B')(stack)) }),
    'a user pool with scopes': (stack) => ({ auth: ApiAuth.cognito(pool('A')(stack), { scopes: ['images/write'] }) }),
    'a user pool with one app client': (stack) => ({ auth: ApiAuth.cognito(pool('A')(stack), { userPoolClients: [client('one')(stack)] }) }),
    'a user pool with another app client': (stack) => ({ auth: ApiAuth.cognito(pool('A')(stack), { userPoolClients: [client('two')(stack)] }) }),
    'tokens of an issuer': () => ({ auth: ApiAuth.jwt(JWT) }),
    'an authorizer': (stack) => ({ auth: ApiAuth.custom(authorizer('A')(stack)) }),
    'another authorizer': (stack) => ({ auth: ApiAuth.custom(authorizer('B')(stack)) }),
    'an authorizer with a cache': (stack) => ({ auth: ApiAuth.custom(authorizer('A')(stack), { resultsCacheTtl: Duration.minutes(5) }) }),
    'an authorizer with another header': (stack) => ({ auth: ApiAuth.custom(authorizer('A')(stack), { headers: ['X-Token'] }) }),
    'an origin': () => ({ corsOrigins: ['https://a.example'] }),
    'another origin': () => ({ corsOrigins: ['https://b.example'] }),
    'a queue': () => ({ delivery: Delivery.queued() }),
    'edits': () => ({ edits: ImageEdits.all() }),
    'a text model': () => ({ textModel: TextModel.inferenceProfile('us.amazon.nova-2-lite-v1:0', { region: 'us-east-1' }) }),
    'a legacy route': () => ({ routes: legacy('/generate') }),
    'a legacy route with another path': () => ({ routes: legacy('/create') }),
    'a legacy route with another prompt parameter': () => ({ routes: legacy('/generate', 'text') }),
    'another timeout': () => ({ compute: { timeout: Duration.seconds(20) } }),
    'provisioned concurrency': () => ({ compute: { provisionedConcurrency: 1 } }),
  };
  const ids = Object.fromEntries(Object.entries(variants).map(([name, props]) => [name, deploymentId(props)]));

  it.each(Object.keys(variants))('differs from that of all other variants with %s', (name) => {
    expect(Object.keys(ids).filter((other) => ids[other] === ids[name])).toEqual([name]);
  });

  it.each(Object.keys(variants))('is the same in each synthesis with %s', (name) => {
    expect(deploymentId(variants[name])).toBe(ids[name]);
  });

  it('does not change if only the configuration of the authorizer function changes', () => {
    expect(deploymentId(() => ({ auth: ApiAuth.jwt({ ...JWT, audience: ['other'] }) }))).toBe(ids['tokens of an issuer']);
  });
});

it('authorizers of different kinds have different logical ids, because CloudFormation would change the type in place', () => {
  const kinds: ((stack: Stack) => ApiAuth)[] = [
    (stack) => ApiAuth.cognito(pool('A')(stack)), () => ApiAuth.jwt(JWT), (stack) => ApiAuth.custom(authorizer('A')(stack)),
    () => ApiAuth.apiKey({ clients: ['web'], acceptBearer: true }),
  ];
  const ids = kinds.flatMap((kind) => {
    const stack = testStack(HOME);
    return Object.keys(synth({ auth: kind(stack), routes: OPEN_AI }, stack).findResources('AWS::ApiGateway::Authorizer'));
  });
  // two for bearer API keys
  expect(ids).toHaveLength(5);
  expect(new Set(ids).size).toBe(ids.length);
});

it('example apps have the feature flag for changed authorizers, as apps of cdk init have', () => {
  const examples = path.resolve(__dirname, '../../../examples');
  const folders = ['', 'models', 'reference'].flatMap((folder) => fs.readdirSync(path.join(examples, folder)).map((name) => path.join(examples, folder, name)));
  const files = folders.map((folder) => path.join(folder, 'cdk.json')).filter((file) => fs.existsSync(file));
  expect(files.length).toBeGreaterThan(15);
  for (const file of files) {
    const { context = {} } = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly context?: object };
    expect([file, context]).toEqual([file, expect.objectContaining({ [APIGATEWAY_AUTHORIZER_CHANGE_DEPLOYMENT_LOGICAL_ID]: true })]);
  }
});
