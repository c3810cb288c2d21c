import { Annotations, Duration, Stack, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { type IConstruct } from 'constructs';
import { exceedsGatewayQuota, integrationTimeout } from './compute';
import { areKnownToDiffer, isImported } from './environments';
import { type ApiAuthBinding } from '../../api-auth-binding';
import { ANY_REGION } from '../contract/models/inference-profiles';
import { type Route } from '../contract/routes';
import { type ModelBinding } from '../models/binding';
import { type Subscription } from '../models/marketplace';

/** Prefix of annotation ids. Ids are stable, because users acknowledge warnings by id. */
const ID = 'cdk-genai-image-api';

export interface AnnotatedModels {
  readonly bindings: readonly ModelBinding[];
  readonly subscriptions: readonly Subscription[];
  /** Edit operations whose images a guardrail evaluates. */
  readonly guardedOperations: readonly string[];
}

export interface AnnotatedProps {
  readonly presignTtl: Duration;
  readonly compute: { readonly timeout: Duration; readonly role?: iam.IRole };
  readonly encryptionKey?: kms.IKey;
}

export interface Annotated {
  readonly models: AnnotatedModels;
  readonly props: AnnotatedProps;
  readonly auth: Omit<ApiAuthBinding, 'owner'>;
  readonly routes: readonly Route[];
}

/** Adds the notes and warnings of an API. */
export function annotate(scope: IConstruct, { models, props: { presignTtl, compute, encryptionKey }, auth, routes }: Annotated): void {
  const { account } = Stack.of(scope);
  const cause = routes.some(({ bearer }) => bearer) ? bearerProblem(auth) : undefined;
  if (cause !== undefined) warnOpenAiAuth(scope, cause);
  if (isImported(compute.role)) noteImportedRole(scope);
  if (encryptionKey && areKnownToDiffer(encryptionKey.env.account, account)) warnKeyAccount(scope, encryptionKey.env.account, account);
  warnCrossRegion(scope, models.bindings);
  noteModelSubscription(scope, models.subscriptions);
  noteAccessLogRole(scope);
  warnGuardedUpscales(scope, models.guardedOperations);
  warnLongPresignTtl(scope, presignTtl);
  if (exceedsGatewayQuota(compute.timeout)) warnIntegrationTimeout(scope, integrationTimeout(compute.timeout));
}

function warnCrossRegion(scope: IConstruct, models: readonly ModelBinding[]): void {
  const stackRegion = Stack.of(scope).region;
  if (Token.isUnresolved(stackRegion)) {
    noteModelRegions(scope, models);
    return;
  }
  const crossRegion = models.filter(({ access: { region, destinationRegions } }) =>
    [region ?? stackRegion, ...destinationRegions].some((each) => !Token.isUnresolved(each) && each !== stackRegion));
  if (crossRegion.length === 0) return;
  const always = crossRegion.some(({ access: { region } }) => region !== undefined && region !== stackRegion);
  const images = hasImages(crossRegion);
  Annotations.of(scope).addWarningV2(
    `${ID}:crossRegionModel`,
    `prompts ${images ? 'and images ' : ''}${always ? 'leave' : 'can leave'} ${stackRegion}: ${crossRegion.map((model) => describeRegions(model, stackRegion)).join('; ')}; `
    + (images ? `generated images are stored in ${stackRegion}; ` : '')
    + `if that is allowed, acknowledge it with Annotations.of(images).acknowledgeWarning('${ID}:crossRegionModel')`,
  );
}

/** In a stack that can be deployed to any Region, it is not known whether prompts leave it. */
function noteModelRegions(scope: IConstruct, models: readonly ModelBinding[]): void {
  const fixed = models.filter(({ access: { region, destinationRegions } }) => [region ?? '', ...destinationRegions].some((each) => each !== '' && !Token.isUnresolved(each)));
  if (fixed.length === 0) return;
  Annotations.of(scope).addInfoV2(
    `${ID}:modelRegions`,
    `the Region of the stack is not known at synthesis, and prompts ${hasImages(fixed) ? 'and images ' : ''}are sent to certain Regions: `
    + `${fixed.map((model) => describeRegions(model, 'the Region of the stack')).join('; ')}; set the env of the stack for a warning if this differs from its Region`,
  );
}

/** The path of calls from a VPC. In a stack that can be deployed to any Region, it is not known whether they leave the Region. */
export function warnModelRoute(scope: IConstruct, models: string, isRegionUnknown: boolean): void {
  const text = `VPC endpoints connect to the Region of the stack only, but ${models}: `;
  if (isRegionUnknown) {
    Annotations.of(scope).addInfoV2(`${ID}:modelRoute`, `${text}deploy the stack to that Region, or give the subnets of 'network' a route to a NAT gateway`);
  } else {
    Annotations.of(scope).addWarningV2(
      `${ID}:modelRoute`,
      `${text}the subnets of 'network' need a route to a NAT gateway, and these calls use public addresses of AWS; deploy the stack to that Region for private calls`,
    );
  }
}

function hasImages(models: readonly ModelBinding[]): boolean {
  return models.some(({ content }) => content === 'prompts and images');
}

function describeRegions({ label, access: { region = '', destinationRegions } }: ModelBinding, stackRegion: string): string {
  const called = `${label} ${label.includes('models') ? 'are' : 'is'} called in ${region === '' || Token.isUnresolved(region) ? stackRegion : region}`;
  if (destinationRegions.length === 0) return called;
  return `${called} and can be processed in ${destinationRegions.includes(ANY_REGION) ? 'any commercial region' : destinationRegions.join(', ')}`;
}

/** Notes that apps already have, by their text. A note about accounts is the same for each instance and stage of an app. */
const GIVEN_NOTES = new WeakMap<IConstruct, Set<string>>();

function isFirstInApp(scope: IConstruct, note: string): boolean {
  const given = GIVEN_NOTES.get(scope.node.root) ?? new Set();
  GIVEN_NOTES.set(scope.node.root, given);
  if (given.has(note)) return false;
  given.add(note);
  return true;
}

function noteModelSubscription(scope: IConstruct, subscriptions: readonly Subscription[]): void {
  const needed = subscriptions.filter(({ label }) => isFirstInApp(scope, label));
  if (needed.length === 0) return;
  Annotations.of(scope).addInfoV2(
    `${ID}:modelSubscription`,
    `AWS Marketplace subscription required: ${needed.map(({ label }) => label).join(', ')}; each account subscribes once before its first image, `
    + 'or requests get a 502 response with MODEL_UNAVAILABLE; see docs/getting-started.md#model-subscription and grantModelSubscription(grantee)',
  );
}

/** CloudFormation cannot create a stage with an access log without this role. A stack that sets it would overwrite it for all other stacks. */
function noteAccessLogRole(scope: IConstruct): void {
  if (!isFirstInApp(scope, 'accessLogRole')) return;
  Annotations.of(scope).addInfoV2(
    `${ID}:accessLogRole`,
    'the access log needs the CloudWatch Logs role of API Gateway, set once per account and region; '
    + 'without it, deployment fails with "CloudWatch Logs role ARN must be set in account settings", see docs/getting-started.md#cloudwatch-log-role-of-api-gateway',
  );
}

/** Guardrails evaluate images of up to 4 MB (Amazon Bedrock user guide, image content filters). */
function warnGuardedUpscales(scope: IConstruct, operations: readonly string[]): void {
  const upscales = operations.filter((operation) => operation.endsWith('-upscale'));
  if (upscales.length === 0) return;
  Annotations.of(scope).addWarningV2(
    `${ID}:guardedUpscales`,
    `'promptPolicy.guardrail' cannot evaluate images above 4 MB, which ${upscales.join(', ')} often generate: such an image is charged, but not returned; `
    + "remove these from 'edits', or have callers set outputFormat to jpeg",
  );
}

export function warnUnauthenticated(scope: IConstruct): void {
  Annotations.of(scope).addWarningV2(
    `${ID}:authNone`,
    'ApiAuth.none() lets anyone who knows the url generate images at your cost, and anyone who knows the id of an image read it; '
    + 'use ApiAuth.iam() or ApiAuth.apiKey(), or keep limits low',
  );
}

function warnLongPresignTtl(scope: IConstruct, presignTtl: Duration): void {
  if (presignTtl.isUnresolved() || presignTtl.toMilliseconds() <= Duration.hours(1).toMilliseconds()) return;
  Annotations.of(scope).addWarningV2(
    `${ID}:presignTtl`,
    `a 'presignTtl' of ${presignTtl.toHumanString()} is an upper bound: URLs expire earlier when AWS rotates the credentials of the function that signed them; `
    + 'store image IDs and request new URLs',
  );
}

function warnIntegrationTimeout(scope: IConstruct, timeout: Duration): void {
  Annotations.of(scope).addWarningV2(
    `${ID}:integrationTimeout`,
    `'compute.timeout' requires an integration timeout of ${timeout.toSeconds()} seconds: deployment fails unless the quota `
    + '"Maximum integration timeout in milliseconds" of API Gateway was raised from 29 seconds in this account and region',
  );
}

export function warnLogKeyPolicy(scope: IConstruct): void {
  Annotations.of(scope).addWarningV2(
    `${ID}:logKeyPolicy`,
    "the policy of an imported 'encryptionKey' cannot be changed: it must allow the service logs.<region>.amazonaws.com kms:Encrypt, kms:Decrypt, kms:ReEncrypt*, "
    + 'kms:GenerateDataKey* and kms:DescribeKey, or creating the log groups fails',
  );
}

/** Returns why clients that send `Authorization: Bearer` only cannot authenticate. */
function bearerProblem({ methodOptions, bearerMethodOptions, credentialHeaders }: Omit<ApiAuthBinding, 'owner'>): string | undefined {
  const { apiKeyRequired, authorizationType, authorizer } = bearerMethodOptions ?? methodOptions;
  if (authorizationType === apigateway.AuthorizationType.IAM) return 'ApiAuth.iam() requires requests that are signed with AWS credentials';
  if (apiKeyRequired && !authorizer) return 'ApiAuth.apiKey() without acceptBearer reads keys in the header x-api-key only, which each client would have to set';
  if (bearerMethodOptions || !credentialHeaders || credentialHeaders.some((name) => name.toLowerCase() === 'authorization')) return undefined;
  return `the authorizer reads ${credentialHeaders.join(', ')}`;
}

function warnOpenAiAuth(scope: IConstruct, cause: string): void {
  Annotations.of(scope).addWarningV2(
    `${ID}:openAiAuth`,
    `OpenAI's SDKs cannot authenticate on the routes of ApiRoutes.openAi(): they send Authorization: Bearer, but ${cause}; `
    + "set 'auth' to ApiAuth.apiKey({ clients, acceptBearer: true }), ApiAuth.cognito() or ApiAuth.jwt(), or remove ApiRoutes.openAi() from 'routes'",
  );
}

export function warnClientLimit(scope: IConstruct, name: 'rateLimit' | 'burstLimit', client: number, api: number): void {
  Annotations.of(scope).addWarningV2(
    `${ID}:clientLimit`,
    `'auth.${name}' has no effect, because ${client} is above 'limits.${name}' of the API, ${api}; lower it, or raise 'limits.${name}'`,
  );
}

export function warnBucketNotEmpty(scope: IConstruct): void {
  Annotations.of(scope).addWarningV2(
    `${ID}:bucketNotEmpty`,
    "'removalPolicy' is DESTROY, but CloudFormation cannot delete a bucket that contains images; "
    + "set 'storage' to ImageStorage.managed({ autoDeleteObjects: true }), or keep the default removal policy",
  );
}

export interface BucketNeeds {
  readonly prefix: string;
  readonly days: number | undefined;
  readonly uploadPrefix?: string;
  readonly hasKey: boolean;
}

/** The configuration of an imported bucket is not known. */
export function noteImportedBucket(scope: IConstruct, { prefix, days, uploadPrefix, hasKey }: BucketNeeds): void {
  const expiry = (where: string, after: string) => `a lifecycle rule that expires '${where}' after ${after}`;
  Annotations.of(scope).addInfoV2(
    `${ID}:importedBucket`,
    `the bucket of 'storage' is imported, so that its configuration cannot be checked; it needs ${expiry(prefix, days === undefined ? 'expiration' : `${days} days`)}, `
    + (uploadPrefix === undefined ? '' : `${expiry(uploadPrefix, '1 day')}, `)
    + `CORS if scripts in browsers ${uploadPrefix === undefined ? 'read' : 'read or upload'} images`
    + (hasKey ? '' : ', and, if it is encrypted with a KMS key, that key as encryptionKey of s3.Bucket.fromBucketAttributes()'),
  );
}

/** The policies and the mutability of an imported role are not known. */
function noteImportedRole(scope: IConstruct): void {
  Annotations.of(scope).addInfoV2(
    `${ID}:importedRole`,
    "'compute.role' is imported: its trust policy must allow lambda.amazonaws.com, and its inline policies must leave room in the 10,240 characters of a role; "
    + 'with mutable: false or in another account, add the permissions in docs/security.md#iam-permissions to it yourself',
  );
}

export function warnBucketAccount(scope: IConstruct, bucketAccount: string, stackAccount: string): void {
  Annotations.of(scope).addWarningV2(
    `${ID}:bucketAccount`,
    `the bucket of 'storage' is in the account ${bucketAccount}, and the stack in ${stackAccount}: the policy of the bucket, and of its KMS key, must also allow the roles of `
    + 'images.handler and images.worker s3:GetObject, s3:PutObject and s3:DeleteObject under the prefix, or each image fails with STORAGE_FAILED',
  );
}

function warnKeyAccount(scope: IConstruct, keyAccount: string, stackAccount: string): void {
  Annotations.of(scope).addWarningV2(
    `${ID}:keyAccount`,
    `'encryptionKey' is in the account ${keyAccount}, and the stack in ${stackAccount}: the policy of the key must also allow that account the KMS actions in docs/storage.md#encryption`,
  );
}

export function warnGranteeAccount(scope: IConstruct, granteeAccount: string, apiAccount: string): void {
  Annotations.of(scope).addWarningV2(
    `${ID}:granteeAccount`,
    `grantInvoke() for a principal in the account ${granteeAccount} does not suffice for an API in ${apiAccount}: the API also needs a resource policy; `
    + 'add one with images.restApi.addToResourcePolicy(), or let the principal assume a role in the account of the API',
  );
}

export function warnMisspelledProp(scope: IConstruct, given: string, known: string): void {
  Annotations.of(scope).addWarningV2(
    `${ID}:unknownProp`,
    `'${given}' is not a prop of GenAiImageApi and has no effect; did you mean '${known}'?`,
  );
}
