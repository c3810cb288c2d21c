import { GetObjectCommand } from '@aws-sdk/client-s3';
import { PLAYGROUND_CONFIGURATION_FILE, PLAYGROUND_PATHS, type PlaygroundConfiguration } from '../../src/private/contract/playground';
import { type DeployedStack } from '../deployment/create-stack';
import { type Clients } from '../emulator/clients';
import { resourcesOfType } from '../template/template';

interface Distribution {
  readonly CacheBehaviors?: readonly { readonly PathPattern: string }[];
  readonly Origins: readonly { readonly OriginAccessControlId?: unknown; readonly DomainName: unknown }[];
}

/** The path patterns of the distribution of a playground. */
const PATTERNS = [`${PLAYGROUND_PATHS.api}/*`, `${PLAYGROUND_PATHS.images}/*`, PLAYGROUND_PATHS.uploads];

/** Reads `config.json` of the first `ImagePlayground` from its bucket. Returns `undefined` if no stack has a playground. */
export async function readDeployedConfiguration(stacks: readonly DeployedStack[], { s3 }: Pick<Clients, 's3'>): Promise<PlaygroundConfiguration | undefined> {
  for (const stack of stacks) {
    for (const [, { DistributionConfig }] of resourcesOfType(stack.template, 'AWS::CloudFront::Distribution')) {
      const { CacheBehaviors = [], Origins } = DistributionConfig as Distribution;
      if (!PATTERNS.every((pattern) => CacheBehaviors.some(({ PathPattern }) => PathPattern === pattern))) continue;
      const page = Origins.find(({ OriginAccessControlId }) => OriginAccessControlId !== undefined);
      const { 'Fn::GetAtt': [bucket] = [''] } = page?.DomainName as { 'Fn::GetAtt'?: [string, string] };
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: stack.resources[bucket], Key: PLAYGROUND_CONFIGURATION_FILE }));
      return JSON.parse(await Body!.transformToString()) as PlaygroundConfiguration;
    }
  }
  return undefined;
}
