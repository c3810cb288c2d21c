import { type Lifecycle } from './lifecycle';

/** Price of one million tokens in US dollars. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
}

/** A text model, invoked through the Converse API. */
export interface TextCatalogModel {
  /** Model id in Amazon Bedrock. */
  readonly id: string;
  readonly alias: string;
  readonly provider: string;
  readonly name: string;
  /** Regions in which the model can be invoked by its id. In other Regions, it is invoked through an inference profile. */
  readonly regions: readonly string[];
  /** Maximum number of output tokens. */
  readonly maxOutputTokens: number;
  /** Default values of the model. */
  readonly defaults: { readonly temperature: number; readonly topP: number };
  /** On-demand prices by the geography prefix of Regions and inference profiles. An absent price is unconfirmed. */
  readonly prices: Readonly<Record<string, TokenPrice>>;
  /** Default: active, without an announced end of life. */
  readonly lifecycle?: Lifecycle;
}

const NOVA_DEFAULTS = { temperature: 0.7, topP: 0.9 } as const;

/** Ids, Regions, limits, defaults and prices are from the AWS model cards and other published pages, as of 2026-11-21. */
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
    // Some sources have 10,000.
    maxOutputTokens: 5_000,
    defaults: NOVA_DEFAULTS,
    prices: { us: { input: 0.06, output: 0.24 } },
  },
];

/** Returns the catalog entry of a text model id. */
export function textModel(id: string): TextCatalogModel | undefined {
  return TEXT_MODELS.find((model) => model.id === id);
}

/**
 * Returns the price of a model that is invoked in a Region, or undefined if it is unconfirmed.
 *
 * @param profile id of the inference profile; if absent, the model is invoked by its own id
 */
export function tokenPrice({ regions, prices }: TextCatalogModel, region: string, profile?: string): TokenPrice | undefined {
  if (profile !== undefined) return prices[profile.split('.')[0]];
  return regions.includes(region) ? prices[region.split('-')[0]] : undefined;
}
