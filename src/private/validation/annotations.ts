import { Annotations, Duration, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ANY_REGION } from '../contract/models/inference-profiles';
import { Subscription } from '../models/marketplace';
import { ModelCall } from '../models/model-calls';

/** Notes at synthesis. Ids never change: users acknowledge by them. */
const ID = 'cdk-genai-image-api';

export function warnCrossRegion(scope: IConstruct, calls: readonly ModelCall[]): void {
  const stackRegion = Stack.of(scope).region;
  if (Token.isUnresolved(stackRegion)) return;
  const leaving = calls.filter(({ invocation: { region, destinationRegions } }) =>
    [region ?? stackRegion, ...destinationRegions].some((each) => !Token.isUnresolved(each) && each !== stackRegion));
  if (leaving.length === 0) return;
  const images = leaving.some(({ carries }) => carries === 'prompts and images');
  Annotations.of(scope).addWarningV2(
    `${ID}:crossRegionModel`,
    `prompts ${images ? 'and images ' : ''}leave ${stackRegion}: ${leaving.map((call) => whereCalled(call, stackRegion)).join('; ')}; `
    + (images ? `images are then stored in ${stackRegion}; ` : '')
    + `where that is allowed, acknowledge it with Annotations.of(images).acknowledgeWarning('${ID}:crossRegionModel')`,
  );
}

function whereCalled({ label, invocation: { region = '', destinationRegions } }: ModelCall, stackRegion: string): string {
  const called = `${label} ${label.includes('models') ? 'are' : 'is'} called in ${region || stackRegion}`;
  if (destinationRegions.length === 0) return called;
  return `${called} and served in ${destinationRegions.includes(ANY_REGION) ? 'any commercial region' : destinationRegions.join(', ')}`;
}

export function noteModelSubscription(scope: IConstruct, needed: readonly Subscription[]): void {
  if (needed.length === 0) return;
  Annotations.of(scope).addInfoV2(
    `${ID}:modelSubscription`,
    `subscribed to through AWS Marketplace: ${needed.map(({ label }) => label).join(', ')}; each account subscribes once before its first image, `
    + 'or requests answer 502 MODEL_UNAVAILABLE; see "Before the first image" in the README and grantModelSubscription(grantee)',
  );
}

/** CloudFormation creates no stage with an access log where this is missing, and setting it from a stack would take it from others. */
export function noteAccessLogRole(scope: IConstruct): void {
  Annotations.of(scope).addInfoV2(
    `${ID}:accessLogRole`,
    'the access log needs the CloudWatch Logs role of API Gateway, set once per account and region; '
    + 'without it deployment stops with "CloudWatch Logs role ARN must be set in account settings", see "Before the first deployment" in the README',
  );
}

/** A guardrail looks at images of up to 4 MB (Bedrock's page on image content filters). */
export function warnGuardedUpscales(scope: IConstruct, operations: readonly string[]): void {
  const upscales = operations.filter((operation) => operation.endsWith('-upscale'));
  if (upscales.length === 0) return;
  Annotations.of(scope).addWarningV2(
    `${ID}:guardedUpscales`,
    `'promptPolicy.guardrail' cannot look at images above 4 MB, which ${upscales.join(', ')} often make: such an image is charged and then not handed out; `
    + "leave these out of 'edits', or let callers ask for outputFormat jpeg",
  );
}

export function warnUnauthenticated(scope: IConstruct): void {
  Annotations.of(scope).addWarningV2(
    `${ID}:authNone`,
    'ApiAuth.none() lets anyone who knows the url create images at your cost, and whoever knows an image id can see that image; '
    + 'use ApiAuth.iam() or ApiAuth.apiKey(), or keep limits low',
  );
}

export function warnLongPresignTtl(scope: IConstruct, presignTtl: Duration): void {
  if (presignTtl.isUnresolved() || presignTtl.toMilliseconds() <= Duration.hours(1).toMilliseconds()) return;
  Annotations.of(scope).addWarningV2(
    `${ID}:presignTtl`,
    `a 'presignTtl' of ${presignTtl.toHumanString()} is an upper bound: urls end sooner when AWS rotates the credentials of the function that signed them; `
    + 'store image ids and request fresh urls',
  );
}

export function warnIntegrationTimeout(scope: IConstruct, integrationTimeout: Duration): void {
  Annotations.of(scope).addWarningV2(
    `${ID}:integrationTimeout`,
    `'compute.timeout' asks for an integration timeout of ${integrationTimeout.toSeconds()} seconds: deployment fails unless the quota `
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
