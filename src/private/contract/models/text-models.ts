import { Lifecycle } from './lifecycle';

/** US dollars for a million tokens. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
}

/** Text models, called through Converse. */
export interface TextCatalogModel {
  /** The id as Bedrock knows it. */
  readonly id: string;
  readonly alias: string;
  readonly provider: string;
  readonly name: string;
  /** Regions where the id itself can be called; elsewhere an inference profile is. */
  readonly regions: readonly string[];
  /** Most tokens of an answer. */
  readonly maxOutputTokens: number;
  /** What the model does where a request does not say. */
  readonly defaults: { readonly temperature: number; readonly topP: number };
  /** On-demand prices by geography, as profiles and regions begin with it; where one is absent, the price there is unconfirmed. */
  readonly prices: Readonly<Record<string, TokenPrice>>;
  /** Absent: active, with no end announced. */
  readonly lifecycle?: Lifecycle;
}

const NOVA_DEFAULTS = { temperature: 0.7, topP: 0.9 } as const;

/** Ids, regions, limits, defaults and prices: AWS's model cards and other published pages, state of 2026-11-21. */
export const TEXT_MODELS: readonly TextCatalogModel[] = [
  {
    id: 'amazon.nova-2-lite-v1:0',
    alias: 'nova-2-lite',
    provider: 'Amazon',
    name: 'Amazon Nova 2 Lite',
    regions: [],
    maxOutputTokens: 65_535,
    defaults: NOVA_DEFAULTS,
    prices: {
      global: { input: 0.3, output: 2.5 },
      us: { input: 0.33, output: 2.75 },
      eu: { input: 0.429, output: 3.597 },
      jp: { input: 0.396, output: 3.311 },
    },
  },
  {
    id: 'amazon.nova-lite-v1:0',
    alias: 'nova-lite',
    provider: 'Amazon',
    name: 'Amazon Nova Lite',
    regions: ['ap-northeast-1', 'ap-southeast-2', 'ap-southeast-3', 'eu-north-1', 'eu-west-2', 'us-east-1', 'us-east-2', 'us-west-2'],
    // sources differ between this and 10,000
    maxOutputTokens: 5_000,
    defaults: NOVA_DEFAULTS,
    prices: { us: { input: 0.06, output: 0.24 } },
  },
];

export function textModel(id: string): TextCatalogModel | undefined {
  return TEXT_MODELS.find((model) => model.id === id);
}

/**
 * The price of the inference profile that is called, or of the id in `region`; undefined where it is unconfirmed.
 *
 * @param profile the id of the profile; absent: the model is called by its own
 */
export function tokenPrice({ regions, prices }: TextCatalogModel, region: string, profile?: string): TokenPrice | undefined {
  if (profile !== undefined) return prices[profile.split('.')[0]];
  return regions.includes(region) ? prices[region.split('-')[0]] : undefined;
}
