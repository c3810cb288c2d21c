import { type App, CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  ApiAuth, ApiRoutes, ContentGuardrail, Delivery, GenAiImageApi, ImageEdit, ImageEdits, ImageModel, ImagePlayground, ImageStorage, LegacyMethod,
  LegacyReply, ModelFamily, OwnerSource, TextModel, type ApiAuthBinding, type GenAiImageApiProps,
} from '../src';
import { HOME, imageApi, testStack } from './helpers/stack';

/** What a JavaScript user can write, which TypeScript would refuse. */
const js = (value: unknown): never => value as never;
const unset = js(undefined);
const nothing = js(null);
const OTHER = { account: '444455556666', region: 'eu-west-1' };
const CORE = 'stability.stable-image-core-v1:1';
const ENDPOINTS = 'arn:aws:sagemaker:us-west-2:111122223333:endpoint';
const MISSING = 'is an environment variable missing?';

/** Returns a stack of another environment in the app of a stack. */
const otherStack = (stack: Stack, id = 'Other') => new Stack(stack.node.root as App, id, { env: OTHER });
const parameter = (stack: Stack) => new CfnParameter(stack, 'Parameter').valueAsString;
const numberParameter = (stack: Stack) => new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
const listParameter = (stack: Stack) => new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
const legacy = (options: object) => [ApiRoutes.legacy(js({ path: '/generate', reply: LegacyReply.presignedUrl(), ...options }))];

/** Returns an authentication mode with a binding. */
const authWith = (binding: unknown) => new (class extends ApiAuth {
  public override bind(): ApiAuthBinding {
    return js(binding);
  }
})();

/** The title, what a user writes, and what the error must contain: field, value and fix. */
type Mistake = readonly [string, (stack: Stack) => unknown, ...string[]];

const PROPS: readonly Mistake[] = [
  ['props that are a text', (s) => imageApi(js('x'), s), 'the props must be an object', '{ model: ImageModel.STABLE_IMAGE_CORE }'],
  ['props that are null', (s) => imageApi(nothing, s), 'the props must be an object'],
  ['a model id as model', (s) => imageApi({ model: js(CORE) }, s), "'model' must be an ImageModel", `got '${CORE}'`, 'ImageModel.STABLE_IMAGE_CORE'],
  ['a text model as model', (s) => imageApi({ model: js(TextModel.NOVA_2_LITE) }, s), "'model' must be an ImageModel", 'got an instance of TextModel'],
  ['the class as model', (s) => imageApi({ model: js(ImageModel) }, s), "got the function or class 'ImageModel'"],
  ['null as model', (s) => imageApi({ model: nothing }, s), "'model' must be an ImageModel, got null", 'omit it for the default'],
  ['undefined in additionalModels', (s) => imageApi({ additionalModels: [unset] }, s), "'additionalModels[0]' is undefined"],
  ['a model id in additionalModels', (s) => imageApi({ additionalModels: [js(CORE)] }, s), "'additionalModels[0]' must be an ImageModel", CORE],
  ['one model as additionalModels', (s) => imageApi({ additionalModels: js(ImageModel.SD3_5_LARGE) }, s), "'additionalModels' must be a list of ImageModel"],
  ['the default model in additionalModels', (s) => imageApi({ additionalModels: [ImageModel.STABLE_IMAGE_CORE] }, s), "'additionalModels' must contain each model once", CORE],
  ['a text model id as textModel', (s) => imageApi({ textModel: js('amazon.nova-lite-v1:0') }, s), "'textModel' must be a TextModel", 'TextModel.NOVA_2_LITE'],
  ['an image model as textModel', (s) => imageApi({ textModel: js(ImageModel.SD3_5_LARGE) }, s), "'textModel' must be a TextModel, got an instance of ImageModel"],
  ['true as edits', (s) => imageApi({ edits: js(true) }, s), "'edits' must be an ImageEdits, got true", 'ImageEdits.all()'],
  ['a list as edits', (s) => imageApi({ edits: js(['inpaint']) }, s), "'edits' must be an ImageEdits, got a list", 'ImageEdits.all()'],
  ['a text as auth', (s) => imageApi({ auth: js('iam') }, s), "'auth' must be an ApiAuth, got 'iam'", 'ApiAuth.iam()'],
  ['a factory that is not called as auth', (s) => imageApi({ auth: js(ApiAuth.iam) }, s), "got the function or class 'iam'", 'ApiAuth.iam()'],
  ['null as auth', (s) => imageApi({ auth: nothing }, s), "'auth' must be an ApiAuth, got null"],
  ['one set as routes', (s) => imageApi({ routes: js(ApiRoutes.openAi()) }, s), "'routes' must be a list of ApiRoutes, got an instance of ApiRoutes"],
  ['undefined in routes', (s) => imageApi({ routes: [unset] }, s), "'routes[0]' is undefined"],
  ['a text in routes', (s) => imageApi({ routes: [js('openAi')] }, s), "'routes[0]' must be an ApiRoutes, got 'openAi'", 'ApiRoutes.standard()'],
  ['no routes', (s) => imageApi({ routes: [] }, s), "'routes' must contain at least one set", '[ApiRoutes.standard()]'],
  ['a set of routes twice', (s) => imageApi({ routes: [ApiRoutes.standard(), ApiRoutes.standard()] }, s), "'routes' must have each route once", 'POST /images'],
  ['a text as corsOrigins', (s) => imageApi({ corsOrigins: js('https://a.example') }, s), "'corsOrigins' must be a list of strings, got 'https://a.example'", "write ['https://a.example']"],
  ['undefined in corsOrigins', (s) => imageApi({ corsOrigins: [unset] }, s), `'corsOrigins[0]' is undefined; ${MISSING}`],
  ['null as corsOrigins', (s) => imageApi({ corsOrigins: nothing }, s), "'corsOrigins' must be a list of strings, got null"],
  ['an origin twice', (s) => imageApi({ corsOrigins: ['https://a.example', 'https://a.example'] }, s), "'corsOrigins' must contain each origin once", "'https://a.example' more than once"],
  ['an origin with a path', (s) => imageApi({ corsOrigins: ['https://a.example/app'] }, s), "got 'https://a.example/app'", "write 'https://a.example'"],
  ['an origin without a scheme', (s) => imageApi({ corsOrigins: ['a.example'] }, s), "got 'a.example'", 'scheme://host[:port]'],
  ['an empty origin', (s) => imageApi({ corsOrigins: [''] }, s), "'corsOrigins' must contain origins"],
  ['all origins and one', (s) => imageApi({ corsOrigins: ['*', 'https://a.example'] }, s), "'corsOrigins' must contain '*' alone or single origins"],
  ['a token as corsOrigins', (s) => imageApi({ corsOrigins: listParameter(s) }, s), "'corsOrigins' must be a list whose length is known at synthesis", 'tokens as items'],
  ['a number as limits', (s) => imageApi({ limits: js(5) }, s), "'limits' must be an object, got 5"],
  ['a text as rateLimit', (s) => imageApi({ limits: { rateLimit: js('5') } }, s), "'limits.rateLimit' must be a number, got '5'", 'write 5'],
  ['a text as daily budget', (s) => imageApi({ limits: { dailyBudgetUsd: js('0.40') } }, s), "'limits.dailyBudgetUsd' must be a number, got '0.40'", 'write 0.40'],
  ['NaN as rateLimit', (s) => imageApi({ limits: { rateLimit: Number(unset) } }, s), `'limits.rateLimit' is NaN; ${MISSING}`],
  ['infinity as rateLimit', (s) => imageApi({ limits: { rateLimit: Infinity } }, s), "'limits.rateLimit' must be a number, got Infinity"],
  ['no requests per second', (s) => imageApi({ limits: { rateLimit: 0 } }, s), "'limits.rateLimit' must be greater than 0, got 0"],
  ['half a request as burst', (s) => imageApi({ limits: { burstLimit: 0.5 } }, s), "'limits.burstLimit' must be a whole number of at least 1, got 0.5"],
  ['a misspelled limit', (s) => imageApi({ limits: js({ rateLimits: 5 }) }, s), "'limits.rateLimits' does not exist", "write 'rateLimit'"],
  ['a text as delivery', (s) => imageApi({ delivery: js('queued') }, s), "'delivery' must be a Delivery, got 'queued'", 'Delivery.queued()'],
  ['seconds as presignTtl', (s) => imageApi({ presignTtl: js(3600) }, s), "'presignTtl' must be a Duration, got 3600", 'Duration.seconds(3600)'],
  ['a text as presignTtl', (s) => imageApi({ presignTtl: js('1h') }, s), "'presignTtl' must be a Duration, got '1h'", 'Duration.minutes(5)'],
  ['milliseconds as presignTtl', (s) => imageApi({ presignTtl: Duration.millis(3600) }, s), "'presignTtl' must be between 1 minute and 12 hours"],
  ['a week as presignTtl', (s) => imageApi({ presignTtl: Duration.days(7) }, s), "'presignTtl' must be between 1 minute and 12 hours, got 7 days", 'store the image ID'],
  ['a bucket as storage', (s) => imageApi({ storage: js(new s3.Bucket(s, 'B')) }, s), "'storage' must be an ImageStorage, got an instance of Bucket", 'ImageStorage.existing(bucket)'],
  ['a text as promptPolicy', (s) => imageApi({ promptPolicy: js('strict') }, s), "'promptPolicy' must be an object, got 'strict'"],
  ['a text as maxChars', (s) => imageApi({ promptPolicy: { maxChars: js('100') } }, s), "'promptPolicy.maxChars' must be a number, got '100'", 'write 100'],
  ['no characters', (s) => imageApi({ promptPolicy: { maxChars: 0 } }, s), "'promptPolicy.maxChars' must be a whole number from 1 to 10000, got 0"],
  ['a text as deny', (s) => imageApi({ promptPolicy: { deny: js('word') } }, s), "'promptPolicy.deny' must be a list of strings, got 'word'", "write ['word']"],
  ['undefined in deny', (s) => imageApi({ promptPolicy: { deny: ['a', unset] } }, s), `'promptPolicy.deny[1]' is undefined; ${MISSING}`],
  ['an empty word in deny', (s) => imageApi({ promptPolicy: { deny: [''] } }, s), "'promptPolicy.deny' must contain words and phrases, got an empty one"],
  ['a guardrail id as guardrail', (s) => imageApi({ promptPolicy: { guardrail: js('abc123') } }, s), "'promptPolicy.guardrail' must be a ContentGuardrail, got 'abc123'", 'existing'],
  ['an unknown retention', (s) => imageApi({ promptPolicy: { retention: js('HASH') } }, s), "'promptPolicy.retention' must be a member of PromptRetention, got 'HASH'", 'write PromptRetention.HASH'],
  ['a key ARN as encryptionKey', (s) => imageApi({ encryptionKey: js('arn:aws:kms:us-west-2:111122223333:key/1') }, s), "'encryptionKey' must be a KMS key", 'kms.Key.fromKeyArn'],
  ['a key in another Region', (s) => imageApi({ encryptionKey: kms.Key.fromKeyArn(s, 'K', 'arn:aws:kms:eu-west-1:111122223333:key/1') }, s), "'encryptionKey' must be a key in the Region of the stack, us-west-2, got one in eu-west-1"],
  ['an alias without a key', (s) => imageApi({ encryptionKey: kms.Alias.fromAliasName(s, 'A', 'alias/x') }, s), "got the alias 'alias/x'", 'kms.Key.fromKeyArn()'],
  ['a text as removalPolicy', (s) => imageApi({ removalPolicy: js('DESTROY') }, s), "'removalPolicy' must be a member of RemovalPolicy, got 'DESTROY'", 'write RemovalPolicy.DESTROY'],
  ['a number as compute', (s) => imageApi({ compute: js(1024) }, s), "'compute' must be an object, got 1024"],
  ['a text as memorySize', (s) => imageApi({ compute: { memorySize: js('512') } }, s), "'compute.memorySize' must be a number, got '512'", 'write 512'],
  ['gigabytes as memorySize', (s) => imageApi({ compute: { memorySize: 1 } }, s), "'compute.memorySize' must be a whole number from 128 to 10240, got 1"],
  ['seconds as timeout', (s) => imageApi({ compute: { timeout: js(60) } }, s), "'compute.timeout' must be a Duration, got 60", 'Duration.seconds(60)'],
  ['a timeout of an hour', (s) => imageApi({ compute: { timeout: Duration.hours(1) } }, s), "'compute.timeout' must be between 10 seconds and 15 minutes, got 1 hour"],
  ['45 days as logRetention', (s) => imageApi({ compute: { logRetention: js(45) } }, s), "'compute.logRetention' must be a member of logs.RetentionDays, got 45"],
  ['a Duration as logRetention', (s) => imageApi({ compute: { logRetention: js(Duration.days(30)) } }, s), "'compute.logRetention' must be a member of logs.RetentionDays"],
  ['true as tracing', (s) => imageApi({ compute: { tracing: js(true) } }, s), "'compute.tracing' must be a member of lambda.Tracing, got true", 'lambda.Tracing.ACTIVE'],
  ['a role ARN as role', (s) => imageApi({ compute: { role: js('arn:aws:iam::111122223333:role/r') } }, s), "'compute.role' must be an IAM role", 'iam.Role.fromRoleArn'],
  ['a role of another account', (s) => imageApi({ compute: { role: iam.Role.fromRoleArn(s, 'R', 'arn:aws:iam::444455556666:role/r') } }, s), "'compute.role' must be in the account of the stack, 111122223333", 'got a role in 444455556666'],
  ['a misspelled compute option', (s) => imageApi({ compute: js({ memorysize: 512 }) }, s), "'compute.memorysize' does not exist", "write 'memorySize'"],
  ['more provisioned than reserved concurrency', (s) => imageApi({ compute: { provisionedConcurrency: 2, reservedConcurrency: 1 } }, s), "'compute.provisionedConcurrency' must not exceed", 'got 2 and 1'],
];

const MODELS: readonly Mistake[] = [
  ['no model id', () => ImageModel.of(unset), `'modelId' is undefined; ${MISSING}`],
  ['a list of model ids', () => ImageModel.of(js([CORE])), "'modelId' must be a string, got a list"],
  ['a model id without its version', () => ImageModel.of('stability.stable-image-core-v1'), "unknown image model 'stability.stable-image-core-v1'", `did you mean '${CORE}'?`],
  ['the alias of a model', () => ImageModel.of('sd3-5-large'), "did you mean 'stability.sd3-5-large-v1:0'?"],
  ['a misspelled model id', () => ImageModel.of('stabilty.stable-image-core-v1:1'), `did you mean '${CORE}'?`, 'ModelFamily.STABILITY_V2'],
  ['an unknown model', () => ImageModel.of('dall-e-3'), "unknown image model 'dall-e-3'", 'ImageModel.of(id, { family, region })'],
  ['a text model as image model', () => ImageModel.of('amazon.nova-lite-v1:0'), 'generates text', 'TextModel.NOVA_LITE'],
  ['the id of an inference profile', () => ImageModel.of('us.amazon.nova-2-omni-v1:0'), 'is an inference profile', 'ImageModel.inferenceProfile('],
  ['the ARN of a model', () => ImageModel.of(`arn:aws:bedrock:us-west-2::foundation-model/${CORE}`), 'is an ARN', `ImageModel.of('${CORE}', { region })`],
  ['a Region without the model', () => ImageModel.of(CORE, { region: 'eu-west-1' }), `'region' of '${CORE}' must be us-west-2, where AWS offers the model, got 'eu-west-1'`, "set 'family' as well"],
  ['a misspelled Region', () => ImageModel.of(CORE, { region: 'us-west2' }), "'region' must be the name of a Region", "got 'us-west2'", "did you mean 'us-west-2'?"],
  ['an availability zone as Region', () => ImageModel.of('vendor.x-v1:0', { family: ModelFamily.STABILITY_V2, region: 'us-east-1a' }), "got 'us-east-1a'", "did you mean 'us-east-1'?"],
  ['a Region with underscores', () => ImageModel.sageMakerEndpoint('painter', { region: 'eu_west_1' }), "got 'eu_west_1'", "did you mean 'eu-west-1'?"],
  ['a family as a wrong text', () => ImageModel.of('vendor.x-v1:0', { family: js('stability'), region: 'us-east-1' }), "'family' must be a member of ModelFamily, got 'stability'", 'ModelFamily.STABILITY_V2'],
  ['options as a text', () => ImageModel.of(CORE, js('us-west-2')), "'options' must be an object, got 'us-west-2'"],
  ['a misspelled option', () => ImageModel.of(CORE, js({ Region: 'us-west-2' })), "'Region' does not exist", "write 'region'"],
  ['a profile without options', () => ImageModel.inferenceProfile('us.amazon.nova-2-omni-v1:0', unset), "'options' is undefined"],
  ['a profile without a Region', () => ImageModel.inferenceProfile('us.amazon.nova-2-omni-v1:0', js({})), "'region' is undefined"],
  ['a profile without destination Regions', () => ImageModel.inferenceProfile('us.amazon.nova-2-omni-v1:0', { region: 'us-east-1' }), "'destinationRegions' must contain the Regions"],
  ['a profile called in another geography', () => ImageModel.inferenceProfile('us.amazon.nova-2-omni-v1:0', { region: 'eu-west-1', destinationRegions: ['us-east-1'] }), "cannot be called in 'eu-west-1'", "prefix 'us.'", "another 'region'"],
  ['a profile with destinations in another geography', () => ImageModel.inferenceProfile('eu.amazon.nova-2-omni-v1:0', { region: 'eu-west-1', destinationRegions: ['eu-west-1', 'us-east-1'] }), "must not contain 'us-east-1'", "prefix 'eu.'"],
  ['a model id as profile', () => ImageModel.inferenceProfile(CORE, { region: 'us-west-2' }), 'must be a prefix and the ID of a model', CORE],
  ['undefined as ARN', () => ImageModel.provisioned(unset), `'arn' is undefined; ${MISSING}`],
  ['a name as ARN', () => ImageModel.provisioned('my-model'), 'the ARN of a provisioned model must be like', "got 'my-model'"],
  ['an endpoint name with spaces', () => ImageModel.sageMakerEndpoint('my endpoint'), "got 'my endpoint'"],
  ['undefined as endpoint name', () => ImageModel.sageMakerEndpoint(unset), `'endpointName' is undefined; ${MISSING}`],
  ['undefined as text model id', () => TextModel.of(unset), `'modelId' is undefined; ${MISSING}`],
  ['the alias of a text model', () => TextModel.of('nova-lite'), "got 'nova-lite'", "did you mean 'amazon.nova-lite-v1:0'?"],
  ['a text model id without its version', () => TextModel.of('amazon.nova-lite-v1'), "did you mean 'amazon.nova-lite-v1:0'?"],
  ['an image model id as text model', () => TextModel.of(CORE), 'generates images', "'additionalModels'"],
  ['a text model in a misspelled Region', () => TextModel.of('amazon.nova-lite-v1:0', { region: 'eu-west2' }), "did you mean 'eu-west-2'?"],
  ['a text model in a Region without it', (s) => imageApi({ textModel: TextModel.NOVA_LITE }, new Stack(s.node.root as App, 'Sa', { env: { ...HOME, region: 'sa-east-1' } })), 'cannot be called by its id in sa-east-1', "give one of them as 'region'"],
  ['undefined in destinationRegions', () => TextModel.inferenceProfile('us.vendor.x-v1', { destinationRegions: [unset] }), `'destinationRegions[0]' is undefined; ${MISSING}`],
  ['undefined in edits', () => ImageEdits.of(unset), `'edits[0]' is undefined; ${MISSING}`],
  ['a list of edits', () => ImageEdits.of(js([ImageEdit.ERASE])), "'edits[0]' must be a string, got a list"],
  ['an unknown edit', (s) => imageApi({ edits: ImageEdits.of(js('crop')) }, s), "'edits' must contain members of ImageEdit, got 'crop'"],
  ['no edits', (s) => imageApi({ edits: ImageEdits.of() }, s), "'edits' must contain at least one edit", 'ImageEdits.all()'],
  ['an edit twice', (s) => imageApi({ edits: ImageEdits.of(ImageEdit.ERASE, ImageEdit.ERASE) }, s), "'edits' must contain each name once, got 'erase' more than once"],
  ['undefined as guardrail id', () => ContentGuardrail.existing(unset, { version: '1' }), `'guardrailId' is undefined; ${MISSING}`],
  ['a guardrail without options', () => ContentGuardrail.existing('abc123', unset), "'options' is undefined"],
  ['a guardrail without a version', () => ContentGuardrail.existing('abc123', js({})), "'version' is undefined"],
  ['a number as guardrail version', () => ContentGuardrail.existing('abc123', { version: js(1) }), "'version' must be a string, got 1", "write '1'"],
  ['a guardrail ARN as id', (s) => imageApi({ promptPolicy: { guardrail: ContentGuardrail.existing('arn:aws:bedrock:us-west-2:1:guardrail/a', { version: '1' }) } }, s), 'not the ARN'],
  ['an id as CDK guardrail', () => ContentGuardrail.of(js('abc123')), "'guardrail' must be a guardrail, got 'abc123'", 'existing(id, { version })'],
  ['a guardrail of another account', (s) => {
    const messages = { name: 'g', blockedInputMessaging: 'x', blockedOutputsMessaging: 'x' };
    const stack = new Stack(s.node.root as App, 'Guardrails', { env: { account: OTHER.account, region: HOME.region } });
    return imageApi({ promptPolicy: { guardrail: ContentGuardrail.of(new bedrock.CfnGuardrail(stack, 'G', messages)) } }, s);
  }, "'promptPolicy.guardrail' must be in the account of the stack, 111122223333, got one in 444455556666"],
  ['a guardrail profile of another geography', (s) => imageApi({
    promptPolicy: { guardrail: ContentGuardrail.existing('abc123', { version: '1', profileId: 'eu.guardrail.v1:0', destinationRegions: ['eu-west-1'] }) },
  }, s), "'eu.guardrail.v1:0' cannot be called in 'us-west-2'"],
];

const AUTH: readonly Mistake[] = [
  ['a text as clients', () => ApiAuth.apiKey({ clients: js('web') }), "'auth.clients' must be a list of names, got 'web'", "write ['web']"],
  ['undefined in clients', () => ApiAuth.apiKey({ clients: [unset] }), `'auth.clients[0]' is undefined; ${MISSING}`],
  ['a list as options', () => ApiAuth.apiKey(js(['web'])), "'auth' must be an object, got a list"],
  ['a client with a space', (s) => imageApi({ auth: ApiAuth.apiKey({ clients: ['my app'] }) }, s), "names in 'auth.clients' must be 1 to 64 letters", "got 'my app'"],
  ['a client twice', (s) => imageApi({ auth: ApiAuth.apiKey({ clients: ['a', 'a'] }) }, s), "'auth.clients' must contain each name once, got 'a'"],
  ['a client that is a token', (s) => imageApi({ auth: ApiAuth.apiKey({ clients: [parameter(s)] }) }, s), "names in 'auth.clients' must be known at synthesis"],
  ['key versions that are no list', () => ApiAuth.apiKey({ clients: ['web'], keyVersions: { web: js(2) } }), "'auth.keyVersions.web' must be a list of versions, got 2", 'write [2]'],
  ['key versions of another client', (s) => imageApi({ auth: ApiAuth.apiKey({ clients: ['web'], keyVersions: { mobile: [1] } }) }, s), "'auth.keyVersions.mobile' must belong to a client", 'web'],
  ['key versions that are texts', () => ApiAuth.apiKey({ clients: ['web'], keyVersions: { web: [js('1')] } }), "'auth.keyVersions.web[0]' must be a number, got '1'", 'write 1'],
  ['a text as dailyQuota', () => ApiAuth.apiKey({ clients: ['web'], dailyQuota: js('1000') }), "'auth.dailyQuota' must be a number, got '1000'", 'write 1000'],
  ['a text as acceptBearer', () => ApiAuth.apiKey({ acceptBearer: js('true') }), "'auth.acceptBearer' must be true or false, got 'true'", 'write true'],
  ['acceptBearer without OpenAI routes', (s) => imageApi({ auth: ApiAuth.apiKey({ clients: ['web'], acceptBearer: true }) }, s), "'auth.acceptBearer' requires ApiRoutes.openAi() in 'routes'"],
  ['undefined as issuer', () => ApiAuth.jwt({ issuer: unset, audience: ['a'] }), `'auth.issuer' is undefined; ${MISSING}`],
  ['undefined as audience', () => ApiAuth.jwt({ issuer: 'https://i.example/', audience: unset }), `'auth.audience' is undefined; ${MISSING}`],
  ['undefined in audience', () => ApiAuth.jwt({ issuer: 'https://i.example/', audience: [unset] }), `'auth.audience[0]' is undefined; ${MISSING}`],
  ['a text as audience', () => ApiAuth.jwt({ issuer: 'https://i.example/', audience: js('a') }), "'auth.audience' must be a list of strings, got 'a'", "write ['a']"],
  ['no audience', (s) => imageApi({ auth: ApiAuth.jwt({ issuer: 'https://i.example/', audience: [] }) }, s), "'auth.audience' must contain at least one name"],
  ['an issuer without https', (s) => imageApi({ auth: ApiAuth.jwt({ issuer: 'i.example', audience: ['a'] }) }, s), "'auth.issuer' must be a URL that begins with https://", "got 'i.example'"],
  ['an unknown algorithm', (s) => imageApi({ auth: ApiAuth.jwt({ issuer: 'https://i.example/', audience: ['a'], algorithms: ['HS256'] }) }, s), "'auth.algorithms' must contain only RS256", "got 'HS256'"],
  ['seconds as clockTolerance', () => ApiAuth.jwt({ issuer: 'https://i.example/', audience: ['a'], clockTolerance: js(60) }), "'auth.clockTolerance' must be a Duration, got 60", 'Duration.seconds(60)'],
  ['jwt without options', () => ApiAuth.jwt(unset), "'auth' is undefined"],
  ['undefined in scopes', () => ApiAuth.jwt({ issuer: 'https://i.example/', audience: ['a'], scopes: [unset] }), `'auth.scopes[0]' is undefined; ${MISSING}`],
  ['a user pool id as user pool', () => ApiAuth.cognito(js('us-west-2_abc')), "'userPool' must be a user pool, got 'us-west-2_abc'", 'cognito.UserPool.fromUserPoolId'],
  ['a user pool in another Region', (s) => imageApi({ auth: ApiAuth.cognito(cognito.UserPool.fromUserPoolArn(s, 'P', 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_a')) }, s), "'auth.userPool' must be in the Region of the stack, us-west-2, got a user pool in eu-west-1", 'ApiAuth.jwt()'],
  ['client ids as app clients', (s) => ApiAuth.cognito(new cognito.UserPool(s, 'P'), { userPoolClients: js(['abc']) }), "'auth.userPoolClients[0]' must be an app client, got 'abc'", 'fromUserPoolClientId'],
  ['no Cognito scopes', (s) => imageApi({ auth: ApiAuth.cognito(new cognito.UserPool(s, 'P'), { scopes: [] }) }, s), "'auth.scopes' must contain at least one scope", 'omit it'],
  ['undefined as authorizer', () => ApiAuth.custom(unset), "'handler' is undefined"],
  ['a function ARN as authorizer', () => ApiAuth.custom(js('arn:aws:lambda:us-west-2:111122223333:function:f')), "'handler' must be a Lambda function", 'lambda.Function.fromFunctionName'],
  ['seconds as resultsCacheTtl', (s) => ApiAuth.custom(lambda.Function.fromFunctionName(s, 'F', 'f'), { resultsCacheTtl: js(300) }), "'auth.resultsCacheTtl' must be a Duration, got 300"],
  ['a header with a colon', (s) => imageApi({ auth: ApiAuth.custom(lambda.Function.fromFunctionName(s, 'F', 'f'), { headers: ['x-token:'] }) }, s), "'auth.headers' must contain names of HTTP headers, got 'x-token:'"],
  ['no owner fields', () => OwnerSource.authorizer(), "'fields' must contain at least one field", 'OwnerSource.none()'],
  ['undefined in owner fields', () => OwnerSource.authorizer(unset), "'fields[0]' is undefined"],
];

const OTHERS: readonly Mistake[] = [
  ['a text as maxConcurrency', () => Delivery.queued({ maxConcurrency: js('4') }), "'delivery.maxConcurrency' must be a number, got '4'", 'write 4'],
  ['a misspelled queue option', () => Delivery.queued(js({ maxConcurency: 4 })), "'delivery.maxConcurency' does not exist", "write 'maxConcurrency'"],
  ['one concurrent job', (s) => imageApi({ delivery: Delivery.queued({ maxConcurrency: 1 }) }, s), "'delivery.maxConcurrency' must be a whole number from 2 to 1000, got 1"],
  ['seconds as worker timeout', () => Delivery.queued({ timeout: js(120) }), "'delivery.timeout' must be a Duration, got 120", 'Duration.seconds(120)'],
  ['null as queue options', () => Delivery.queued(nothing), "'delivery' must be an object, got null"],
  ['a retention above a week', (s) => imageApi({ delivery: Delivery.queued({ retention: Duration.days(14) }) }, s), "'delivery.retention' must be between 1 minute and 7 days, got 14 days"],
  ['a prefix that begins with a slash', (s) => imageApi({ storage: ImageStorage.managed({ prefix: '/images' }) }, s), "'storage.prefix' must not start with a slash"],
  ['a number as prefix', () => ImageStorage.managed({ prefix: js(1) }), "'storage.prefix' must be a string, got 1", "write '1'"],
  ['days as expiration', () => ImageStorage.managed({ expiration: js(30) }), "'storage.expiration' must be a Duration, got 30"],
  ['an expiration of hours', (s) => imageApi({ storage: ImageStorage.managed({ expiration: Duration.hours(36) }) }, s), "'storage.expiration' must be whole days"],
  ['a text as autoDeleteObjects', () => ImageStorage.managed({ autoDeleteObjects: js('false') }), "'storage.autoDeleteObjects' must be true or false, got 'false'", 'write false'],
  ['autoDeleteObjects of a retained bucket', (s) => imageApi({ storage: ImageStorage.managed({ autoDeleteObjects: true }) }, s), "'storage.autoDeleteObjects' needs", 'RemovalPolicy.DESTROY'],
  ['a bucket name as bucket', () => ImageStorage.existing(js('my-bucket')), "'bucket' must be a bucket, got 'my-bucket'", 's3.Bucket.fromBucketName'],
  ['undefined as bucket', () => ImageStorage.existing(unset), "'bucket' is undefined"],
  ['a bucket in another Region', (s) => imageApi({ storage: ImageStorage.existing(new s3.Bucket(otherStack(s), 'B', { bucketName: 'bucket' })) }, s), "'storage' must be a bucket in the Region of the stack, us-west-2, got one in eu-west-1"],
  ['a legacy route without options', () => ApiRoutes.legacy(unset), "'options' is undefined"],
  ['a legacy route without a path', () => legacy({ path: unset }), "'path' is undefined"],
  ['a legacy route without a reply', () => legacy({ reply: unset }), "'reply' is undefined"],
  ['a text as reply', () => legacy({ reply: 'presignedUrl' }), "'reply' must be a LegacyReply, got 'presignedUrl'", 'LegacyReply.presignedUrl()'],
  ['a path without a slash', (s) => imageApi({ routes: legacy({ path: 'generate' }) }, s), "got 'generate'", "'/generate-image'"],
  ['one method as methods', () => legacy({ methods: LegacyMethod.GET }), "'methods' must be a list of members of LegacyMethod, got 'GET'", "write ['GET']"],
  ['an unknown method', (s) => imageApi({ routes: legacy({ methods: ['PUT'] }) }, s), "must contain members of LegacyMethod, got 'PUT'"],
  ['no methods', (s) => imageApi({ routes: legacy({ methods: [] }) }, s), "'methods' of the legacy route '/generate' must contain at least one method"],
  ['parameters as a list', () => legacy({ parameters: ['width'] }), "'parameters' must be an object", "{ numberOfImages: 'count' }"],
  ['an unknown target', (s) => imageApi({ routes: legacy({ parameters: { n: 'number' } }) }, s), "'parameters.n' of the legacy route '/generate' must be one of", "got 'number'"],
  ['undefined as target', () => legacy({ parameters: { n: unset } }), "'parameters.n' is undefined"],
  ['a job reply without options', () => LegacyReply.job(unset), "'options' is undefined"],
  ['undefined as message', () => LegacyReply.storedMessage(unset), `'text' is undefined; ${MISSING}`],
  ['undefined as name of a client', (s) => imageApi({ auth: ApiAuth.apiKey() }, s).addApiClient(unset), `'name' is undefined; ${MISSING}`],
  ['a text as key version', (s) => imageApi({ auth: ApiAuth.apiKey() }, s).addApiClient('web', { keyVersion: js('2') }), "'keyVersion' must be a number, got '2'", 'write 2'],
  ['a client of an API without keys', (s) => imageApi({}, s).addApiClient('web'), "addApiClient() on 'Stack/Images' requires ApiAuth.apiKey()"],
  ['null as options of a client', (s) => imageApi({ auth: ApiAuth.apiKey() }, s).addApiClient('a', nothing), 'must be an object, got null'],
  ['null as options of a key', (s) => imageApi({ auth: ApiAuth.apiKey({ clients: ['a'] }) }, s).apiClientKey('a', nothing), 'must be an object, got null'],
  ['seconds as period of a metric', (s) => imageApi({}, s).metricImages(js({ period: 300 })), "'period' must be a Duration, got 300", 'Duration.seconds(300)'],
  ['a number as statistic', (s) => imageApi({}, s).metricImages(js({ statistic: 5 })), "'statistic' must be a string, got 5", "write '5'"],
  ['seconds as interval of a dashboard', (s) => imageApi({}, s).addDashboard('D', js({ defaultInterval: 5 })), "'props.defaultInterval' must be a Duration, got 5"],
  ['an object without a prototype as option', () => ImageStorage.managed({ prefix: js(Object.create(null)) }), "'storage.prefix' must be a string, got an object"],
  ['a pool of another Region by its ID', (s) => imageApi({ auth: ApiAuth.cognito(cognito.UserPool.fromUserPoolId(s, 'P', 'eu-west-1_abc')) }, s), "'auth.userPool' must be in the Region of the stack", 'eu-west-1'],
  ['the discovery document as issuer', (s) => imageApi({ auth: ApiAuth.jwt({ issuer: 'https://a.example/.well-known/openid-configuration', audience: ['a'] }) }, s), "'auth.issuer' must be the 'iss' of the tokens", "write 'https://a.example'"],
  ['a blank after the id of a text model', (s) => imageApi({ textModel: TextModel.of('amazon.nova-lite-v1:0 ') }, s), "got 'amazon.nova-lite-v1:0 '"],
  ['a key id as key of a guardrail', (s) => imageApi({ promptPolicy: { guardrail: ContentGuardrail.existing('abc', { version: '1', kmsKeyArn: '1234abcd' }) } }, s), "'kmsKeyArn' of 'promptPolicy.guardrail' must be the ARN of a key", "got '1234abcd'"],
  ['undefined as grantee', (s) => imageApi({}, s).grantInvoke(unset), "'grantee' is undefined"],
  ['a role ARN as grantee', (s) => imageApi({}, s).grantInvoke(js('arn:aws:iam::111122223333:role/r')), "'grantee' must be a role, user or group", 'images.grantInvoke(role)'],
  ['a grant without IAM', (s) => imageApi({ auth: ApiAuth.none() }, s).grantInvoke(new iam.User(s, 'U')), 'requires ApiAuth.iam()'],
  ['undefined as id of a rule', (s) => imageApi({}, s).onImageSucceeded(unset), "'id' is undefined"],
  ['a function as target', (s) => imageApi({}, s).onImageSucceeded('R', { target: js(lambda.Function.fromFunctionName(s, 'F', 'f')) }), "'target' must be a rule target", 'new targets.LambdaFunction(handler)'],
  ['an imported API without an id', (s) => GenAiImageApi.fromGenAiImageApiAttributes(s, 'I', js({})), `'restApiId' is undefined; ${MISSING}`],
  ['minutes by token as presignTtl', (s) => imageApi({ presignTtl: Duration.minutes(numberParameter(s)) }, s), "'presignTtl' must be Duration.seconds(token)", 'got Duration.minutes(token)'],
  ['seconds by token as expiration', (s) => imageApi({ storage: ImageStorage.managed({ expiration: Duration.seconds(numberParameter(s)) }) }, s), "'storage.expiration' must be Duration.days(token)", 'got Duration.seconds(token)'],
  ['minutes by token as worker timeout', (s) => imageApi({ delivery: Delivery.queued({ timeout: Duration.minutes(numberParameter(s)) }) }, s), "'delivery.timeout' must be Duration.seconds(token)"],
  ['a token as retention of the queue', (s) => imageApi({ delivery: Delivery.queued({ retention: Duration.seconds(numberParameter(s)) }) }, s), "'delivery.retention' must be known at synthesis", 'is derived from it'],
  ['a token as provisioned concurrency', (s) => imageApi({ compute: { provisionedConcurrency: numberParameter(s) } }, s), "'compute.provisionedConcurrency' must be known at synthesis"],
  ['a token as removal policy', (s) => imageApi({ removalPolicy: js(parameter(s)) }, s), "'removalPolicy' must be known at synthesis"],
  ['a token as list of clients', (s) => imageApi({ auth: ApiAuth.apiKey({ clients: listParameter(s) }) }, s), "'auth.clients' must be a list whose length is known at synthesis"],
  ['a token as destination Regions of a guardrail', (s) => imageApi({
    promptPolicy: { guardrail: ContentGuardrail.existing('abc123', { version: '1', profileId: 'us.guardrail.v1:0', destinationRegions: listParameter(s) }) },
  }, s), "'destinationRegions' must be a list whose length is known at synthesis"],
  ['the id of a user pool in another Region', (s) => imageApi({ auth: ApiAuth.cognito(cognito.UserPool.fromUserPoolId(s, 'P', 'eu-west-1_abc')) }, s), "'auth.userPool' must be in the Region of the stack, us-west-2, got a user pool in eu-west-1"],
  ['an app client of another user pool', (s) => imageApi({ auth: ApiAuth.cognito(new cognito.UserPool(s, 'P'), { userPoolClients: [new cognito.UserPool(s, 'Q').addClient('Web')] }) }, s), "'auth.userPoolClients' must be app clients of 'auth.userPool', got 'Stack/Q/Web' of another user pool"],
  ['an empty scope', (s) => imageApi({ auth: ApiAuth.cognito(new cognito.UserPool(s, 'P'), { scopes: [''] }) }, s), "'auth.scopes' must contain names of scopes, got an empty one"],
  ['a topic in another Region', (s) => imageApi({}, s).addAlarms('A', { topic: sns.Topic.fromTopicArn(s, 'T', 'arn:aws:sns:eu-west-1:111122223333:t') }), "'topic' must be in the Region of the stack, us-west-2", 'got a topic in eu-west-1'],
  ['a boundary of another account', (s) => imageApi({ compute: { permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyArn(s, 'B', 'arn:aws:iam::444455556666:policy/b') } }, s), "'compute.permissionsBoundary' must be in the account of the stack, 111122223333", 'got a policy in 444455556666'],
  ['the name of a member as edit', (s) => imageApi({ edits: ImageEdits.of(js('INPAINT')) }, s), "'edits' must contain members of ImageEdit, got 'INPAINT'", 'write ImageEdit.INPAINT'],
  ['a text model id with a blank', () => TextModel.of('amazon.nova-lite-v1:0 '), "got 'amazon.nova-lite-v1:0 '", "did you mean 'amazon.nova-lite-v1:0'?"],
  ['the discovery URL as issuer', (s) => imageApi({ auth: ApiAuth.jwt({ issuer: 'https://i.example/.well-known/openid-configuration', audience: ['a'] }) }, s), "'auth.issuer' must be the 'iss' of the tokens", "write 'https://i.example'"],
  ['a name as ARN of an endpoint', () => ImageModel.sageMakerEndpoint('painter', { endpointArn: 'painter' }), "'endpointArn' must be the ARN of the endpoint 'painter'", "got 'painter'"],
  ['the ARN of another endpoint', () => ImageModel.sageMakerEndpoint('painter', { endpointArn: `${ENDPOINTS}/other` }), "'endpointArn' must be the ARN of the endpoint 'painter'", "got '"],
  ['the ARN of an endpoint in another Region', (s) => imageApi({ model: ImageModel.sageMakerEndpoint('painter', { region: 'eu-west-1', endpointArn: `${ENDPOINTS}/painter` }) }, s), "'endpointArn' of the model 'painter' must be in the Region where the model is called, eu-west-1", `${ENDPOINTS}/painter`],
  ['the ARN of a provisioned model in another account', (s) => imageApi({ model: ImageModel.provisioned('arn:aws:bedrock:us-west-2:444455556666:provisioned-model/a', { modelId: CORE }) }, s), `'arn' of the model '${CORE}' must be in the account of the stack, 111122223333`, 'bedrock:us-west-2:444455556666'],
  ['the ARN of a provisioned model in another partition', (s) => imageApi({ model: ImageModel.provisioned('arn:aws-cn:bedrock:us-west-2:111122223333:provisioned-model/a', { modelId: CORE }) }, s), 'must be in the partition of us-west-2, aws', 'arn:aws-cn'],
  ['an access log bucket of another account', (s) => imageApi({ storage: ImageStorage.managed({ serverAccessLogsBucket: s3.Bucket.fromBucketAttributes(s, 'L', { bucketName: 'logs', account: OTHER.account }) }) }, s), "'storage.serverAccessLogsBucket' must be in the account of the stack, 111122223333", '444455556666'],
  ['an access log bucket with the KMS key of AWS', (s) => imageApi({ storage: ImageStorage.managed({ serverAccessLogsBucket: new s3.Bucket(s, 'L', { encryption: s3.BucketEncryption.KMS_MANAGED }) }) }, s), "'storage.serverAccessLogsBucket' must not have BucketEncryption.KMS_MANAGED"],
  ['a key for signatures', (s) => imageApi({ encryptionKey: new kms.Key(s, 'K', { keySpec: kms.KeySpec.ECC_NIST_P256, keyUsage: kms.KeyUsage.SIGN_VERIFY }) }, s), "'encryptionKey' must be a symmetric encryption key", 'ECC_NIST_P256', "remove 'keySpec'"],
  ['null as options of a client', (s) => imageApi({ auth: ApiAuth.apiKey() }, s).addApiClient('a', nothing), 'addApiClient()', "'options' must be an object, got null"],
  ['null as options of a key', (s) => imageApi({ auth: ApiAuth.apiKey({ clients: ['a'] }) }, s).apiClientKey('a', nothing), 'apiClientKey()', "'options' must be an object, got null"],
  ['seconds as period of a metric', (s) => imageApi({}, s).metricImages({ period: js(300) }), "'period' must be a Duration, got 300", 'Duration.seconds(300)'],
  ['a number as statistic', (s) => imageApi({}, s).metricImages({ statistic: js(5) }), "'statistic' must be a string, got 5"],
  ['a text as scope of a target', (s) => imageApi({}, s).onImageSucceeded('R', { crossStackScope: js('x') }), "'crossStackScope' must be a construct, got 'x'"],
  ['a list as name of a rule', (s) => imageApi({}, s).onImageSucceeded('R', { ruleName: js([unset]) }), "'ruleName' must be a string, got a list"],
  ['a text as event pattern', (s) => imageApi({}, s).onImageSucceeded('R', { eventPattern: js('x') }), "'eventPattern' must be an object, got 'x'"],
  ['an authentication mode that binds nothing', (s) => imageApi({ auth: authWith(unset) }, s), "'auth.bind()' is undefined"],
  ['an authentication mode that binds null', (s) => imageApi({ auth: authWith(null) }, s), "'auth.bind()' must be an object, got null"],
  ['an authentication mode without an owner', (s) => imageApi({ auth: authWith({ methodOptions: {} }) }, s), "'auth.bind().owner' is undefined"],
  ['an authentication mode without method options', (s) => imageApi({ auth: authWith({ owner: OwnerSource.none() }) }, s), "'auth.bind().methodOptions' is undefined"],
  ['an object without a prototype', (s) => imageApi({ presignTtl: js(Object.create(null)) }, s), "'presignTtl' must be a Duration, got an object"],
  ['null as scope of the lifecycle', () => ImageModel.STABLE_IMAGE_CORE.lifecycleIn(nothing), "'scope' must be a construct, got null"],
  ['seconds as defaultInterval', (s) => imageApi({}, s).addDashboard('D', { defaultInterval: js(3600) }), "'props.defaultInterval' must be a Duration, got 3600", 'Duration.seconds(3600)'],
  ['a number as dashboardName', (s) => imageApi({}, s).addDashboard('D', { dashboardName: js(5) }), "'props.dashboardName' must be a string, got 5", "write '5'"],
  ['a row of widgets as widgets', (s) => imageApi({}, s).addDashboard('D', { widgets: js([new cloudwatch.Column()]) }), "'props.widgets[0]' must be a list of widgets, got an instance of Column"],
  ['a version as guardrail', (s) => ContentGuardrail.of(js(new bedrock.CfnGuardrailVersion(s, 'V', { guardrailIdentifier: 'abc' }))), "'guardrail' must be a guardrail, got an instance of CfnGuardrailVersion", 'ContentGuardrail.existing(id, { version })'],
  ['a key in another partition', (s) => imageApi({ encryptionKey: kms.Key.fromKeyArn(s, 'K', 'arn:aws-cn:kms:us-west-2:111122223333:key/1') }, s), "'encryptionKey' must be in the partition of the stack, aws", 'arn:aws-cn:kms'],
  ['a user pool in another partition', (s) => imageApi({ auth: ApiAuth.cognito(cognito.UserPool.fromUserPoolArn(s, 'U', 'arn:aws-cn:cognito-idp:us-west-2:111122223333:userpool/us-west-2_a')) }, s), "'auth.userPool' must be in the partition of the stack, aws", 'arn:aws-cn'],
  ['a bucket in another partition', (s) => imageApi({ storage: ImageStorage.existing(s3.Bucket.fromBucketArn(s, 'B', 'arn:aws-cn:s3:::bucket')) }, s), "the bucket of 'storage' must be in the partition of the stack, aws", 'arn:aws-cn:s3:::bucket'],
  ['a destination Region in another partition', (s) => imageApi({ model: ImageModel.inferenceProfile('global.vendor.x-v1:0', { region: 'us-west-2', destinationRegions: ['cn-north-1'], family: ModelFamily.CONVERSE }) }, s), "'destinationRegions' of the model 'vendor.x-v1:0' must be in the partition aws, got 'cn-north-1' in aws-cn", 'remove it'],
  ['a profile with two prefixes', () => ImageModel.inferenceProfile('us.us.amazon.nova-2-omni-v1:0', { region: 'us-east-1' }), "'profileId' must have one prefix, got 'us.us.amazon", "write 'us.amazon.nova-2-omni-v1:0'"],
  ['a text profile with two prefixes', () => TextModel.inferenceProfile('eu.global.amazon.nova-lite-v1:0', { destinationRegions: ['eu-west-1'] }), "'profileId' must have one prefix", "write 'global.amazon.nova-lite-v1:0'"],
  ['endpoints whose names differ in case', (s) => imageApi({ model: ImageModel.sageMakerEndpoint('Painter'), additionalModels: [ImageModel.sageMakerEndpoint('painter')] }, s), "'additionalModels' must contain each model once, got 'Painter' and 'painter', which differ in case only", 'correct one'],
  ['a misspelled target of a parameter', (s) => imageApi({ routes: legacy({ parameters: { n: 'counts' } }) }, s), "'parameters.n' of the legacy route '/generate'", "got 'counts'; did you mean 'count'?"],
  ['a token in methods', (s) => imageApi({ routes: legacy({ methods: [parameter(s)] }) }, s), "'methods' of the legacy route '/generate' must be known at synthesis", 'only known at deployment'],
  ['a token in edits', (s) => imageApi({ edits: ImageEdits.of(js(parameter(s))) }, s), "'edits' must be known at synthesis", 'only known at deployment'],
  ['an alarm with a period of 7 seconds', (s) => imageApi({}, s).addAlarms('A', { handlerErrors: { period: Duration.seconds(7) } }), "'handlerErrors.period' must be 10 seconds, 30 seconds or a multiple of 1 minute", 'got 7 seconds'],
  ['an alarm without a period', (s) => imageApi({}, s).addAlarms('A', { modelErrors: { period: Duration.seconds(0) } }), "'modelErrors.period' must be 10 seconds, 30 seconds or a multiple of 1 minute"],
  ['a firewall log group in another Region', (s) => imageApi({}, s).addFirewall({ logGroup: logs.LogGroup.fromLogGroupArn(s, 'L', 'arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-x') }), "'logGroup' must be in the Region of the stack, us-west-2", 'got one in eu-west-1'],
  ['a firewall log group of another account', (s) => imageApi({}, s).addFirewall({ logGroup: logs.LogGroup.fromLogGroupArn(s, 'L', 'arn:aws:logs:us-west-2:444455556666:log-group:aws-waf-logs-x') }), "'logGroup' must be in the account of the stack, 111122223333", 'got one in 444455556666'],
  ['an unknown model by token', () => ImageModel.of(Lazy.string({ produce: () => CORE })), 'unknown image model a value only known at deployment', '{ family, region }'],
];

/** Creates the playground of an API with API keys. */
const page = (stack: Stack, props: object = {}, apiProps: GenAiImageApiProps = { auth: ApiAuth.apiKey({ clients: ['web'] }) }) =>
  new ImagePlayground(stack, 'Playground', js({ api: imageApi(apiProps, stack), ...props }));
const certificate = (stack: Stack, region = 'us-east-1') => acm.Certificate.fromCertificateArn(stack, 'Certificate', `arn:aws:acm:${region}:111122223333:certificate/1`);
const userPool = (stack: Stack) => new cognito.UserPool(stack, 'Users');
const poolDomain = (stack: Stack) => cognito.UserPoolDomain.fromDomainName(stack, 'Domain', 'images');
const code = { oAuth: { flows: { authorizationCodeGrant: true } } };

/** Creates the playground of an API with a user pool, which accepts the tokens of `accepted`, or of all app clients. */
function pageWithUsers(
  stack: Stack, signIn: (pool: cognito.UserPool) => object | undefined, accepted?: (pool: cognito.UserPool) => cognito.IUserPoolClient[],
): ImagePlayground {
  const pool = userPool(stack);
  return page(stack, { signIn: signIn(pool) }, { auth: ApiAuth.cognito(pool, { userPoolClients: accepted?.(pool) }) });
}

const PLAYGROUND: readonly Mistake[] = [
  ['props that are undefined', (s) => new ImagePlayground(s, 'P', unset), "cannot create ImagePlayground 'Stack/P'", "'options' is undefined"],
  ['no API', (s) => new ImagePlayground(s, 'P', js({})), "'api' is undefined"],
  ['the URL of an API', (s) => new ImagePlayground(s, 'P', { api: js('https://api.example.com') }), "'api' must be a GenAiImageApi, got 'https://api.example.com'", 'the app that defines the API'],
  ['an imported API', (s) => page(s, { api: GenAiImageApi.fromGenAiImageApiAttributes(s, 'I', { restApiId: 'a1' }) }), 'got an instance of ImportedGenAiImageApi', 'the app that defines the API'],
  ['an API with IAM', (s) => page(s, {}, { auth: ApiAuth.iam() }), "'api' must not have ApiAuth.iam()", 'ApiAuth.cognito() or ApiAuth.apiKey()'],
  ['an API with the default authentication', (s) => page(s, {}, {}), "'api' must not have ApiAuth.iam()", "set 'auth' of the API"],
  ['an API without the standard routes', (s) => page(s, {}, { auth: ApiAuth.none(), routes: [ApiRoutes.openAi()] }), "add ApiRoutes.standard() to 'routes' of the API"],
  ['a private API', (s) => page(s, {}, { auth: ApiAuth.none(), network: { privateEndpoint: ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(s, 'E', { vpcEndpointId: 'vpce-1', port: 443 }) } }),
    "'api' must not be private", "remove 'network.privateEndpoint'"],
  ['a bucket with dots', (s) => page(s, {}, { auth: ApiAuth.none(), storage: ImageStorage.existing(s3.Bucket.fromBucketName(s, 'B', 'my.bucket')) }), "got 'my.bucket'", "use another bucket in 'storage'"],
  ['a misspelled prop of the playground', (s) => page(s, { titel: 'x' }), "'titel' does not exist", "write 'title'"],
  ['a number as title', (s) => page(s, { title: 5 }), "'title' must be a string, got 5", "write '5'"],
  ['a blank title', (s) => page(s, { title: ' ' }), "'title' must have 1 to 60 characters"],
  ['a long title', (s) => page(s, { title: 'x'.repeat(61) }), "'title' must have 1 to 60 characters, got 61"],
  ['a URL as domain', (s) => page(s, { domain: 'https://a.example', certificate: certificate(s) }), "'domain' must be a domain name in lower case", "got 'https://a.example'"],
  ['a wildcard as domain', (s) => page(s, { domain: '*.example.com', certificate: certificate(s) }), "'domain' must be a domain name", "got '*.example.com'"],
  ['a domain without a certificate', (s) => page(s, { domain: 'a.example' }), "'domain' needs 'certificate'", 'us-east-1'],
  ['a certificate without a domain', (s) => page(s, { certificate: certificate(s) }), "'certificate' needs 'domain'"],
  ['a certificate ARN', (s) => page(s, { domain: 'a.example', certificate: 'arn:aws:acm:us-east-1:1:certificate/1' }), "'certificate' must be a certificate, got", 'acm.Certificate.fromCertificateArn'],
  ['a certificate in another Region', (s) => page(s, { domain: 'a.example', certificate: certificate(s, 'us-west-2') }), "'certificate' must be in us-east-1", 'got a certificate in us-west-2'],
  ['sign-in with API keys', (s) => page(s, { signIn: { domain: poolDomain(s) } }), "'signIn' needs an API whose callers are users of a user pool", 'ApiAuth.cognito(userPool)'],
  ['no sign-in with a user pool', (s) => pageWithUsers(s, () => undefined), "'signIn' is required, because 'api' has ApiAuth.cognito()", 'userPool.addDomain('],
  ['sign-in without a domain', (s) => pageWithUsers(s, () => ({})), "'signIn.domain' is undefined"],
  ['the URL of a domain', (s) => pageWithUsers(s, () => ({ domain: 'https://login.example.com' })), "'signIn.domain' must be a domain of a user pool, got 'https://login.example.com'", 'userPool.addDomain('],
  ['a user pool as domain', (s) => pageWithUsers(s, (pool) => ({ domain: pool })), "'signIn.domain' must be a domain of a user pool, got an instance of UserPool"],
  ['no app client for an API that accepts certain ones', (s) => pageWithUsers(s, () => ({ domain: poolDomain(s) }), (pool) => [pool.addClient('Web')]),
    "'signIn.userPoolClient' must be one of 'userPoolClients'", "set it, or remove 'userPoolClients'"],
  ['an app client that the API does not accept', (s) => pageWithUsers(s, (pool) => ({ domain: poolDomain(s), userPoolClient: pool.addClient('Page', code) }), (pool) => [pool.addClient('Web')]),
    "'signIn.userPoolClient' must be one of 'userPoolClients'", 'add it to them'],
  ['an app client with a secret', (s) => pageWithUsers(s, (pool) => ({ domain: poolDomain(s), userPoolClient: pool.addClient('Page', { ...code, generateSecret: true }) })),
    "'signIn.userPoolClient' must not have a secret", "without 'generateSecret'"],
  ['an app client without the code grant', (s) => pageWithUsers(s, (pool) => ({ domain: poolDomain(s), userPoolClient: pool.addClient('Page', { disableOAuth: true }) })),
    'must have the authorization code grant', 'authorizationCodeGrant: true'],
  ['an app client of another user pool', (s) => pageWithUsers(s, () => ({ domain: poolDomain(s), userPoolClient: new cognito.UserPool(s, 'B').addClient('Page', code) })),
    "'signIn.userPoolClient' must belong to the user pool of ApiAuth.cognito(), got 'Stack/B/Page'"],
  ['a domain of another user pool', (s) => pageWithUsers(s, () => ({ domain: new cognito.UserPool(s, 'B').addDomain('D', { cognitoDomain: { domainPrefix: 'x' } }) })),
    "'signIn.domain' must belong to the user pool of ApiAuth.cognito(), got 'Stack/B/D'"],
  ['a certificate of another domain', () => {
    const stack = testStack({ ...HOME, region: 'us-east-1' });
    page(stack, { domain: 'a.example.com', certificate: new acm.Certificate(stack, 'C', { domainName: 'b.example.com', subjectAlternativeNames: ['*.b.example.com'] }) });
  }, "'certificate' must cover 'domain', 'a.example.com', got a certificate of 'b.example.com', '*.b.example.com'"],
  ...['cn-north-1', 'us-gov-west-1'].map((region): Mistake => [`a stack in ${region}`, () => page(testStack({ ...HOME, region }), {}, { auth: ApiAuth.none(), model: ImageModel.sageMakerEndpoint('x') }),
    'the playground needs Amazon CloudFront as in the partition aws', `got a stack in ${region}`]),
  ['the id of an app client', (s) => pageWithUsers(s, () => ({ domain: poolDomain(s), userPoolClient: 'abc' })), "'signIn.userPoolClient' must be an app client, got 'abc'"],
];

describe.each<[string, readonly Mistake[]]>([['props', PROPS], ['models', MODELS], ['auth', AUTH], ['other options and methods', OTHERS], ['the playground', PLAYGROUND]])('mistakes in %s', (_name, mistakes) => {
  it.each(mistakes.map(([title, make, ...texts]) => ({ title, make, texts })))('fail for $title, with field, value and fix', ({ make, texts }) => {
    const error = errorOf(() => make(testStack(HOME)));
    expect(error?.constructor).toBe(Error);
    for (const text of texts) expect(error?.message).toContain(text);
  });
});

describe('mistakes that cannot be certain', () => {
  const WARNINGS: readonly Mistake[] = [
    ['a misspelled prop', (s) => imageApi(js({ corsOrigin: ['*'] }), s), 'unknownProp', "'corsOrigin' is not a prop", "did you mean 'corsOrigins'?"],
    ['OpenAI routes with IAM', (s) => imageApi({ routes: [ApiRoutes.openAi()] }, s), 'openAiAuth', 'acceptBearer: true'],
    ['OpenAI routes with keys in x-api-key', (s) => imageApi({ routes: [ApiRoutes.openAi()], auth: ApiAuth.apiKey({ clients: ['web'] }) }, s), 'openAiAuth', 'without acceptBearer'],
    ['OpenAI routes with an authorizer of another header', (s) => imageApi({
      routes: [ApiRoutes.openAi()], auth: ApiAuth.custom(lambda.Function.fromFunctionName(s, 'F', 'f'), { headers: ['x-token'] }),
    }, s), 'openAiAuth', 'the authorizer reads x-token'],
    ['a rate limit of clients above that of the API', (s) => imageApi({ auth: ApiAuth.apiKey({ clients: ['web'], rateLimit: 50 }) }, s), 'clientLimit', "'auth.rateLimit' has no effect", '50', '10'],
    ['a burst limit of clients above that of the API', (s) => imageApi({ auth: ApiAuth.apiKey({ clients: ['web'], burstLimit: 50 }) }, s), 'clientLimit', "'auth.burstLimit' has no effect", '50', '20'],
    ['an alarm of the cost without a threshold', (s) => imageApi({}, s).addAlarms('A', { spend: { enabled: true } }), 'alarmNotCreated:spend', "'spend' of addAlarms() creates no alarm; set its 'threshold'"],
    ['an alarm of the queue without a queue', (s) => imageApi({}, s).addAlarms('A', { queueAge: { threshold: 60 } }), 'alarmNotCreated:queueAge', "'queueAge' of addAlarms() creates no alarm", 'Delivery.queued()'],
    ['DESTROY without autoDeleteObjects', (s) => imageApi({ removalPolicy: js('destroy') }, s), 'bucketNotEmpty', 'autoDeleteObjects: true'],
    ['a bucket of another account', (s) => imageApi({ storage: ImageStorage.existing(s3.Bucket.fromBucketAttributes(s, 'B', { bucketName: 'bucket', account: OTHER.account })) }, s), 'bucketAccount', '444455556666', 's3:PutObject'],
    ['a key of another account', (s) => imageApi({ encryptionKey: kms.Key.fromKeyArn(s, 'K', 'arn:aws:kms:us-west-2:444455556666:key/1') }, s), 'keyAccount', '444455556666'],
    ['a grant to another account', (s) => imageApi({}, s).grantInvoke(iam.Role.fromRoleArn(s, 'R', 'arn:aws:iam::444455556666:role/r')), 'granteeAccount', '444455556666', 'a policy of the principal', 'a resource policy of the API', 'addToResourcePolicy()'],
    ['a queue without a route that creates jobs', (s) => imageApi({ delivery: Delivery.queued(), routes: [ApiRoutes.openAi()] }, s), 'unusedQueue', "'delivery' is Delivery.queued(), but no route creates jobs", 'ApiRoutes.standard()'],
    ['traces of a route with prompts in its URL', (s) => imageApi({ compute: { tracing: lambda.Tracing.ACTIVE }, routes: [ApiRoutes.legacy({ path: '/generate', methods: [LegacyMethod.GET], reply: LegacyReply.presignedUrl() })] }, s), 'tracedPrompts', "'GET /generate'", "remove 'tracing'"],
    ['a grant to a service', (s) => imageApi({}, s).grantInvoke(new iam.ServicePrincipal('lambda.amazonaws.com')), 'grantWithoutEffect', 'grantInvoke() adds no permission', 'lambda.amazonaws.com', 'addToResourcePolicy()'],
    ['a key of a bucket of another account', (s) => imageApi({ storage: ImageStorage.existing(s3.Bucket.fromBucketAttributes(s, 'B', { bucketName: 'bucket', encryptionKey: kms.Key.fromKeyArn(s, 'K', 'arn:aws:kms:us-west-2:444455556666:key/1') })) }, s), 'keyAccount', "the key of the bucket in 'storage' is in the account 444455556666"],
    ['a bucket without lifecycle rules', (s) => imageApi({ storage: ImageStorage.existing(new s3.Bucket(s, 'B')) }, s), 'bucketLifecycle', "no lifecycle rule that expires 'images/'", "bucket.addLifecycleRule({ prefix: 'images/', expiration: Duration.days(30) })"],
    ['a bucket with rules for other objects', (s) => imageApi({
      storage: ImageStorage.existing(new s3.Bucket(s, 'B', {
        lifecycleRules: [
          { expiration: Duration.days(30), prefix: 'logs/' }, { expiration: Duration.days(30), enabled: false }, { expiration: Duration.days(30), tagFilters: { a: 'b' } },
        ],
      })),
    }, s), 'bucketLifecycle', "no lifecycle rule that expires 'images/'"],
    ['a bucket that expires images earlier', (s) => imageApi({ storage: ImageStorage.existing(new s3.Bucket(s, 'B', { lifecycleRules: [{ expiration: Duration.days(7) }] }), { expiration: Duration.days(90) }) }, s), 'bucketLifecycle', "expires 'images/' after 7 days", 'Duration.days(7)'],
    ['a misspelled text model', (s) => imageApi({ textModel: TextModel.of('amazon.nova-litte-v1:0', { region: 'us-west-2' }) }, s), 'misspelledModel', "'amazon.nova-litte-v1:0'", "did you mean 'amazon.nova-lite-v1:0'?"],
    ['a misspelled image model with a family', (s) => imageApi({ model: ImageModel.of('stability.stable-image-core-v1:l', { family: ModelFamily.STABILITY_V2, region: 'us-west-2' }) }, s), 'misspelledModel', `did you mean '${CORE}'?`],
    ['a misspelled prefix of a profile', (s) => imageApi({ textModel: TextModel.inferenceProfile('uss.amazon.nova-lite-v1:0', { destinationRegions: ['us-west-2'] }) }, s), 'misspelledModel', "did you mean 'us.amazon.nova-lite-v1:0'?"],
    ['no authentication', (s) => imageApi({ auth: ApiAuth.none() }, s), 'authNone', 'ApiAuth.apiKey()'],
    ['a model in another Region', (s) => imageApi({}, new Stack(s.node.root as App, 'Eu', { env: { ...HOME, region: 'eu-west-1' } })), 'crossRegionModel', 'us-west-2', 'acknowledgeWarning'],
  ];

  it.each(WARNINGS.map(([title, make, id, ...texts]) => ({ title, make, id, texts })))('add the warning $id for $title', ({ make, id, texts }) => {
    const stack = testStack(HOME);
    make(stack);
    const stacks = stack.node.root.node.children.filter((each) => each instanceof Stack);
    const warnings = stacks.flatMap((each) => Annotations.fromStack(each).findWarning('*', Match.stringLikeRegexp(`cdk-genai-image-api:${id}`))).map(({ entry }) => String(entry.data));
    expect(warnings).toHaveLength(1);
    for (const text of texts) expect(warnings[0]).toContain(text);
  });
});

it('a receive count that is only known at deployment is no mistake', () => {
  const stack = testStack(HOME);
  const count = new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber;
  expect(errorOf(() => imageApi({ delivery: Delivery.queued({ maxReceiveCount: count }) }, stack))).toBeUndefined();
});

it.each<[string, (stack: Stack) => unknown]>([
  ['a bucket whose rule is added later and expires images later', (s) => {
    const bucket = new s3.Bucket(s, 'B');
    imageApi({ storage: ImageStorage.existing(bucket) }, s);
    bucket.addLifecycleRule({ expiration: Duration.days(31), prefix: 'images/' });
    bucket.addLifecycleRule({ expiration: Duration.days(1), prefix: 'images/uploads/' });
  }],
  ['a newer version of a known model', (s) => imageApi({ textModel: TextModel.of('amazon.nova-lite-v9:0', { region: 'us-west-2' }) }, s)],
  ['a profile of a new geography', (s) => imageApi({ textModel: TextModel.inferenceProfile('uk.amazon.nova-lite-v1:0', { region: 'us-west-2', destinationRegions: ['us-west-2'] }) }, s)],
  ['a certificate with a wildcard', () => {
    const stack = testStack({ ...HOME, region: 'us-east-1' });
    page(stack, { domain: 'a.example.com', certificate: new acm.Certificate(stack, 'C', { domainName: 'example.com', subjectAlternativeNames: ['*.example.com'] }) });
  }],
  ['one auth, delivery and storage object for two APIs', (s) => {
    const shared = { auth: ApiAuth.apiKey({ clients: ['a'] }), delivery: Delivery.queued(), storage: ImageStorage.managed() };
    for (const id of ['A', 'B']) new GenAiImageApi(s, id, shared);
  }],
])('%s is no mistake', (_title, make) => {
  const stack = testStack(HOME);
  make(stack);
  const pattern = Match.stringLikeRegexp('bucketLifecycle|misspelledModel');
  expect(Annotations.fromStack(stack).findWarning('*', pattern)).toEqual([]);
});

describe('compute.role', () => {
  const synthesize = (assumedBy: iam.IPrincipal, later?: (role: iam.Role) => void) => {
    const stack = testStack(HOME);
    const role = new iam.Role(stack, 'Role', { assumedBy });
    imageApi({ compute: { role } }, stack);
    later?.(role);
    return errorOf(() => (stack.node.root as App).synth())?.message;
  };

  it('fails at synthesis if AWS Lambda cannot assume the role', () => {
    const message = synthesize(new iam.ServicePrincipal('ec2.amazonaws.com'));
    expect(message).toContain("'compute.role' must trust lambda.amazonaws.com, got the role 'Stack/Role' that trusts {\"Service\":\"ec2.amazonaws.com\"}");
  });

  it('can trust several services, also by a statement that is added later', () => {
    expect(synthesize(new iam.CompositePrincipal(new iam.ServicePrincipal('ec2.amazonaws.com'), new iam.ServicePrincipal('lambda.amazonaws.com')))).toBeUndefined();
    expect(synthesize(new iam.ServicePrincipal('ec2.amazonaws.com'), (role) => role.assumeRolePolicy?.addStatements(
      new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.ServicePrincipal('lambda.amazonaws.com')] }),
    ))).toBeUndefined();
  });
});

it('a grant to a role that is imported as immutable adds a note', () => {
  const stack = testStack(HOME);
  imageApi({}, stack).grantInvoke(iam.Role.fromRoleArn(stack, 'R', 'arn:aws:iam::111122223333:role/r', { mutable: false }));
  Annotations.fromStack(stack).hasInfo('/Stack/Images', Match.stringLikeRegexp('grantInvoke\\(\\) does not change .*immutable.*immutableGrantee'));
});

it('covers at least 100 mistakes', () => {
  expect(PROPS.length + MODELS.length + AUTH.length + OTHERS.length).toBeGreaterThanOrEqual(100);
});

function errorOf(make: () => unknown): Error | undefined {
  try {
    make();
  } catch (error) {
    return error as Error;
  }
  return undefined;
}
