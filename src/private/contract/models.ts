/**
 * The models, as data: what each is called, where it runs, what it takes and what it costs. The construct derives regions
 * and IAM from a row, the handler request bodies and validation. Adding a model is adding a row.
 */

/** How a model's request and answer are shaped; each has a file in `src/handlers/models`. */
export type ModelFamily = 'stability-v2';
export const MODEL_FAMILIES: readonly ModelFamily[] = ['stability-v2'];

/** What a model takes. A parameter that is absent cannot be honoured by the model and is refused. */
export interface ModelParameters {
  readonly prompt: { readonly maxLength: number };
  readonly negativePrompt?: { readonly maxLength: number };
  readonly aspectRatio?: { readonly values: readonly string[]; readonly default: string };
  readonly seed: { readonly minimum: number; readonly maximum: number };
  readonly outputFormat: { readonly values: readonly string[]; readonly default: string };
}

/** A model that the catalog knows. */
export interface CatalogModel {
  /** The id as Bedrock knows it. */
  readonly id: string;
  /** The name of its `ImageModel` constant in lower case: what a caller may write instead of the id. */
  readonly alias: string;
  readonly provider: string;
  readonly name: string;
  readonly family: ModelFamily;
  /** Regions where it can be invoked directly. */
  readonly regions: readonly string[];
  /** On-demand price of one image, US dollars. */
  readonly priceUsd: number;
  /** AWS Marketplace product the account must be subscribed to. */
  readonly marketplaceProductId?: string;
  readonly parameters: ModelParameters;
}

const STABILITY_ASPECT_RATIOS = ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'] as const;
const STABILITY_TEXT = { maxLength: 10_000 } as const;
const STABILITY_V2: ModelParameters = {
  prompt: STABILITY_TEXT,
  negativePrompt: STABILITY_TEXT,
  aspectRatio: { values: STABILITY_ASPECT_RATIOS, default: '1:1' },
  // 0 asks the model for a random seed; the answer tells which it took
  seed: { minimum: 0, maximum: 4_294_967_295 },
  outputFormat: { values: ['png', 'jpeg'], default: 'png' },
};

/** Parameters, prices and product ids: AWS's Stability AI model pages and Marketplace table, state of 2026-11-21. */
export const MODELS: readonly CatalogModel[] = [
  {
    id: 'stability.stable-image-core-v1:1',
    alias: 'stable-image-core',
    provider: 'Stability AI',
    name: 'Stable Image Core',
    family: 'stability-v2',
    regions: ['us-west-2'],
    priceUsd: 0.04,
    marketplaceProductId: 'prod-eacdrmv7zfc5e',
    parameters: STABILITY_V2,
  },
  {
    id: 'stability.stable-image-ultra-v1:1',
    alias: 'stable-image-ultra',
    provider: 'Stability AI',
    name: 'Stable Image Ultra',
    family: 'stability-v2',
    regions: ['us-west-2'],
    priceUsd: 0.14,
    marketplaceProductId: 'prod-7boen2z2wnxrg',
    parameters: STABILITY_V2,
  },
  {
    id: 'stability.sd3-5-large-v1:0',
    alias: 'sd3-5-large',
    provider: 'Stability AI',
    name: 'Stable Diffusion 3.5 Large',
    family: 'stability-v2',
    regions: ['us-west-2'],
    priceUsd: 0.08,
    marketplaceProductId: 'prodview-ajc3gw4mjy7my',
    parameters: {
      ...STABILITY_V2,
      seed: { minimum: 0, maximum: 4_294_967_294 },
      outputFormat: { values: ['png', 'jpeg', 'webp'], default: 'png' },
    },
  },
];

/** What a model takes of which the catalog knows nothing but its family. */
export const FAMILY_PARAMETERS: Readonly<Record<ModelFamily, ModelParameters>> = {
  'stability-v2': STABILITY_V2,
};

export function catalogModel(id: string): CatalogModel | undefined {
  return MODELS.find((model) => model.id === id);
}
