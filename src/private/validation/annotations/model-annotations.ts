import { Annotations, Stack, Token } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';
import { ANNOTATION_PREFIX, isFirstInApp } from './annotation-ids';
import { ANY_REGION } from '../../contract/models/inference-profiles';
import { describeCallRegion, type ModelBinding } from '../../models/binding';
import { type Subscription } from '../../models/marketplace';

export function warnCrossRegion(scope: IConstruct, models: readonly ModelBinding[]): void {
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
    `${ANNOTATION_PREFIX}:crossRegionModel`,
    `prompts ${images ? 'and images ' : ''}${always ? 'leave' : 'can leave'} ${stackRegion}: ${crossRegion.map((model) => describeRegions(model, stackRegion)).join('; ')}; `
    + (images ? `generated images are stored in ${stackRegion}; ` : '')
    + `if that is allowed, acknowledge it with Annotations.of(images).acknowledgeWarning('${ANNOTATION_PREFIX}:crossRegionModel')`,
  );
}

/** In a stack that can be deployed to any Region, it is not known whether prompts leave it. */
function noteModelRegions(scope: IConstruct, models: readonly ModelBinding[]): void {
  const fixed = models.filter(({ access: { region, destinationRegions } }) => [region ?? '', ...destinationRegions].some((each) => each !== '' && !Token.isUnresolved(each)));
  if (fixed.length === 0) return;
  Annotations.of(scope).addInfoV2(
    `${ANNOTATION_PREFIX}:modelRegions`,
    `the Region of the stack is not known at synthesis, and prompts ${hasImages(fixed) ? 'and images ' : ''}are sent to certain Regions: `
    + `${fixed.map((model) => describeRegions(model, 'the Region of the stack')).join('; ')}; set the env of the stack for a warning if this differs from its Region`,
  );
}

export function warnMisspelledModel(scope: IConstruct, given: string, known: string): void {
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:misspelledModel`,
    `'${given}' is not a model that this version knows; did you mean '${known}'? If the ID is right, acknowledge this warning`,
  );
}

/** The path of calls from a VPC. In a stack that can be deployed to any Region, it is not known whether they leave the Region. */
export function warnModelRoute(scope: IConstruct, models: string, isRegionUnknown: boolean): void {
  const text = `VPC endpoints connect to the Region of the stack only, but ${models}: `;
  if (isRegionUnknown) {
    Annotations.of(scope).addInfoV2(`${ANNOTATION_PREFIX}:modelRoute`, `${text}deploy the stack to that Region, or give the subnets of 'network' a route to a NAT gateway`);
  } else {
    Annotations.of(scope).addWarningV2(
      `${ANNOTATION_PREFIX}:modelRoute`,
      `${text}the subnets of 'network' need a route to a NAT gateway, and these calls use public addresses of AWS; deploy the stack to that Region for private calls`,
    );
  }
}

function hasImages(models: readonly ModelBinding[]): boolean {
  return models.some(({ content }) => content === 'prompts and images');
}

function describeRegions(model: ModelBinding, stackRegion: string): string {
  const { region = '', destinationRegions } = model.access;
  const called = describeCallRegion(model, region === '' || Token.isUnresolved(region) ? stackRegion : region);
  if (destinationRegions.length === 0) return called;
  return `${called} and can be processed in ${destinationRegions.includes(ANY_REGION) ? 'any commercial Region' : destinationRegions.join(', ')}`;
}

export function noteModelSubscription(scope: IConstruct, subscriptions: readonly Subscription[]): void {
  const needed = subscriptions.filter(({ label }) => isFirstInApp(scope, label));
  if (needed.length === 0) return;
  Annotations.of(scope).addInfoV2(
    `${ANNOTATION_PREFIX}:modelSubscription`,
    `AWS Marketplace subscription required: ${needed.map(({ label }) => label).join(', ')}; each account subscribes once before its first image, `
    + 'or requests get a 502 response with MODEL_UNAVAILABLE; see docs/getting-started.md#model-subscription and grantModelSubscription(grantee)',
  );
}

/** Guardrails evaluate images of up to 4 MB (Amazon Bedrock user guide, image content filters). */
export function warnGuardedUpscales(scope: IConstruct, operations: readonly string[]): void {
  const upscales = operations.filter((operation) => operation.endsWith('-upscale'));
  if (upscales.length === 0) return;
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:guardedUpscales`,
    `'promptPolicy.guardrail' cannot evaluate images above 4 MB, which ${upscales.join(', ')} often generate: such an image is charged, but not returned; `
    + "remove these from 'edits', or have callers set outputFormat to jpeg",
  );
}
