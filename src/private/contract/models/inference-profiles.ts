/** A cross-Region inference profile of Amazon Bedrock. Only the construct uses it: an IAM policy must allow every destination Region. */
export interface InferenceProfile {
  /** Profile id: the model id with a geography prefix such as `us.`. */
  readonly id: string;
  /** Destination Regions by source Region. `*` is any commercial Region. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
}

export const ANY_REGION = '*';

const EU = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];
const US = ['us-east-1', 'us-east-2', 'us-west-2'];
const GLOBAL_SOURCES = [
  'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5',
  'ap-southeast-6', 'ap-southeast-7', 'ca-central-1', 'ca-west-1', ...EU, 'eu-west-2', 'il-central-1', 'me-central-1', ...US, 'us-west-1',
];

/** Returns the same destinations for all sources. */
function fromEach(sources: readonly string[], destinations: readonly string[] = sources): Record<string, readonly string[]> {
  return Object.fromEntries(sources.map((source) => [source, destinations]));
}

/** Inference profiles of Nova 2 Lite, with the smallest geography first. From the AWS model cards, as of 2026-11-21. */
export const NOVA_2_LITE_PROFILES: readonly InferenceProfile[] = [
  {
    id: 'us.amazon.nova-2-lite-v1:0',
    sources: {
      ...fromEach(US),
      'us-west-1': ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
      'ca-central-1': ['ca-central-1', ...US],
      'ca-west-1': ['ca-west-1', ...US],
    },
  },
  { id: 'eu.amazon.nova-2-lite-v1:0', sources: fromEach(EU) },
  { id: 'jp.amazon.nova-2-lite-v1:0', sources: { 'ap-northeast-1': ['ap-northeast-1', 'ap-northeast-3'] } },
  { id: 'global.amazon.nova-2-lite-v1:0', sources: fromEach(GLOBAL_SOURCES, [ANY_REGION]) },
];

/** Returns the first profile that can be invoked in the Region. */
export function profileFor(profiles: readonly InferenceProfile[], region: string): InferenceProfile | undefined {
  return profiles.find(({ sources }) => region in sources);
}
