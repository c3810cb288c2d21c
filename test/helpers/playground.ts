import { type Stack } from 'aws-cdk-lib';
import { type Template } from 'aws-cdk-lib/assertions';
import * as s3deploy from 'aws-cdk-lib/aws-s3-deployment';
import { HOME, imageApi, ofType, testStack, textOf } from './stack';
import { ApiAuth, type GenAiImageApiProps, ImagePlayground, type ImagePlaygroundProps } from '../../src';
import { PLAYGROUND_CONFIGURATION_FILE, type PlaygroundConfiguration } from '../../src/private/contract/playground';

export const API_KEYS = ApiAuth.apiKey({ clients: ['web'] });

/** Creates a stack with an API, whose id is `Images`, and its playground, whose id is `Playground`. */
export function playground(
  props: Partial<ImagePlaygroundProps> = {}, apiProps: GenAiImageApiProps = { auth: API_KEYS }, stack = testStack(HOME),
): ImagePlayground {
  return new ImagePlayground(stack, 'Playground', { api: imageApi(apiProps, stack), ...props });
}

/** Returns the properties of the distribution. */
export interface DistributionConfig {
  readonly Aliases?: string[];
  readonly CacheBehaviors: readonly Behavior[];
  readonly CustomErrorResponses: readonly object[];
  readonly DefaultCacheBehavior: Behavior;
  readonly Origins: readonly Origin[];
}

export interface Behavior {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly AllowedMethods?: string[];
  readonly CachePolicyId: unknown;
  readonly OriginRequestPolicyId?: unknown;
  readonly ResponseHeadersPolicyId: { readonly Ref: string };
  readonly ViewerProtocolPolicy: string;
  readonly FunctionAssociations?: readonly { readonly EventType: string; readonly FunctionARN: unknown }[];
}

export interface Origin {
  readonly Id: string;
  readonly DomainName: unknown;
  readonly OriginPath?: string;
  readonly OriginAccessControlId?: unknown;
  readonly CustomOriginConfig?: { readonly OriginReadTimeout?: number };
}

export function distributionOf(template: Template): DistributionConfig {
  const [distribution] = ofType(template, 'AWS::CloudFront::Distribution');
  return distribution.Properties.DistributionConfig as DistributionConfig;
}

/** Returns a behavior by its path pattern, and its origin. */
export function behaviorOf(template: Template, pattern: string): { readonly behavior: Behavior; readonly origin: Origin } {
  const { CacheBehaviors, DefaultCacheBehavior, Origins } = distributionOf(template);
  const behavior = pattern === '*' ? DefaultCacheBehavior : CacheBehaviors.find(({ PathPattern }) => PathPattern === pattern)!;
  return { behavior, origin: Origins.find(({ Id }) => Id === behavior.TargetOriginId)! };
}

const jsonData = jest.spyOn(s3deploy.Source, 'jsonData');

/** Returns `config.json` of the last playground, with each reference written as `<LogicalId>`. Without asset staging, the file itself is not kept. */
export function pageConfiguration(stack: Stack): PlaygroundConfiguration {
  const [name, configuration] = jsonData.mock.calls.at(-1)!;
  expect(name).toBe(PLAYGROUND_CONFIGURATION_FILE);
  return JSON.parse(textOf(stack.resolve(stack.toJsonString(configuration)))) as PlaygroundConfiguration;
}
