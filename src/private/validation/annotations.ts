import { Annotations, Duration, Stack, Token } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';
import { exceedsGatewayQuota, integrationTimeout } from './compute';
import { ANY_REGION } from '../contract/models/inference-profiles';
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
  readonly compute: { readonly timeout: Duration };
}

/** Adds the notes and warnings of an API. */
export function annotate(scope: IConstruct, models: AnnotatedModels, { presignTtl, compute }: AnnotatedProps): void {
  warnCrossRegion(scope, models.bindings);
  noteModelSubscription(scope, models.subscriptions);
  noteAccessLogRole(scope);
  warnGuardedUpscales(scope, models.guardedOperations);
  warnLongPresignTtl(scope, presignTtl);
  if (exceedsGatewayQuota(compute.timeout)) warnIntegrationTimeout(scope, integrationTimeout(compute.timeout));
}

function warnCrossRegion(scope: IConstruct, models: readonly ModelBinding[]): void {
  const stackRegion = Stack.of(scope).region;
  if (Token.isUnresolved(stackRegion)) return;
  const crossRegion = models.filter(({ access: { region, destinationRegions } }) =>
    [region ?? stackRegion, ...destinationRegions].some((each) => !Token.isUnresolved(each) && each !== stackRegion));
  if (crossRegion.length === 0) return;
  const images = crossRegion.some(({ content }) => content === 'prompts and images');
  Annotations.of(scope).addWarningV2(
    `${ID}:crossRegionModel`,
    `prompts ${images ? 'and images ' : ''}leave ${stackRegion}: ${crossRegion.map((model) => describeRegions(model, stackRegion)).join('; ')}; `
    + (images ? `images are then stored in ${stackRegion}; ` : '')
    + `if that is allowed, acknowledge it with Annotations.of(images).acknowledgeWarning('${ID}:crossRegionModel')`,
  );
}

function describeRegions({ label, access: { region = '', destinationRegions } }: ModelBinding, stackRegion: string): string {
  const called = `${label} ${label.includes('models') ? 'are' : 'is'} called in ${region || stackRegion}`;
  if (destinationRegions.length === 0) return called;
  return `${called} and can be processed in ${destinationRegions.includes(ANY_REGION) ? 'any commercial region' : destinationRegions.join(', ')}`;
}

function noteModelSubscription(scope: IConstruct, needed: readonly Subscription[]): void {
  if (needed.length === 0) return;
  Annotations.of(scope).addInfoV2(
    `${ID}:modelSubscription`,
    `AWS Marketplace subscription required: ${needed.map(({ label }) => label).join(', ')}; each account subscribes once before its first image, `
    + 'or requests get a 502 response with MODEL_UNAVAILABLE; see docs/getting-started.md#model-subscription and grantModelSubscription(grantee)',
  );
}

/** CloudFormation cannot create a stage with an access log without this role. A stack that sets it would overwrite it for all other stacks. */
function noteAccessLogRole(scope: IConstruct): void {
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
