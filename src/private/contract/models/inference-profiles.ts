/**
 * Inference profiles of Bedrock: an id that is called in one region and served in several. Only the construct needs them, for
 * IAM covers each region that a request may be served in.
 */
export interface InferenceProfile {
  /** The profile's id: `us.` and the like before the model's id. */
  readonly id: string;
  /** Each region it can be called in, with those that may serve the call; `*`: any commercial region. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
}

export const ANY_REGION = '*';

const EU = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];
const US = ['us-east-1', 'us-east-2', 'us-west-2'];
const GLOBAL_SOURCES = [
  'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5',
  'ap-southeast-6', 'ap-southeast-7', 'ca-central-1', 'ca-west-1', ...EU, 'eu-west-2', 'il-central-1', 'me-central-1', ...US, 'us-west-1',
];

/** From each of `sources`, to all of `destinations`. */
function routes(sources: readonly string[], destinations: readonly string[] = sources): Record<string, readonly string[]> {
  return Object.fromEntries(sources.map((source) => [source, destinations]));
}

/** Profiles of the text models, the most local first: AWS's model cards, state of 2026-11-21. */
export const NOVA_2_LITE_PROFILES: readonly InferenceProfile[] = [
  {
    id: 'us.amazon.nova-2-lite-v1:0',
    sources: {
      ...routes(US),
      'us-west-1': ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
      'ca-central-1': ['ca-central-1', ...US],
      'ca-west-1': ['ca-west-1', ...US],
    },
  },
  { id: 'eu.amazon.nova-2-lite-v1:0', sources: routes(EU) },
  { id: 'jp.amazon.nova-2-lite-v1:0', sources: { 'ap-northeast-1': ['ap-northeast-1', 'ap-northeast-3'] } },
  { id: 'global.amazon.nova-2-lite-v1:0', sources: routes(GLOBAL_SOURCES, [ANY_REGION]) },
];

/** The profile to call in `region`. */
export function profileFor(profiles: readonly InferenceProfile[], region: string): InferenceProfile | undefined {
  return profiles.find(({ sources }) => region in sources);
}
