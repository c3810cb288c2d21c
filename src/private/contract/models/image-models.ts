import { FAMILIES, type ModelFamily } from './families';
import { type Lifecycle } from './lifecycle';
import { type ModelParameters, type ParameterRules } from './parameters';
import { IMAGE_FORMATS, range, SEED, OUTPUT_FORMAT } from './stability';

/** A text-to-image model in the catalog. */
export interface CatalogModel {
  /** Model id in Amazon Bedrock. */
  readonly id: string;
  /** Alias that requests can use in place of the id. */
  readonly alias: string;
  readonly provider: string;
  readonly name: string;
  readonly family: ModelFamily;
  /** Regions in which the model can be invoked by its id. For an ended model, the Regions before its end of life. */
  readonly regions: readonly string[];
  /** On-demand price of one image in US dollars, if it is the same for all sizes. */
  readonly priceUsd?: number;
  /** AWS Marketplace product that the account must subscribe to. */
  readonly marketplaceProductId?: string;
  /** Default: active, without an announced end of life. */
  readonly lifecycle?: Lifecycle;
  readonly parameters: ModelParameters;
  readonly rules?: ParameterRules;
  /** Value of `mode` in model requests with an input image. */
  readonly imageMode?: string;
}

const V2 = FAMILIES['stability-v2'].parameters;
const AMAZON = FAMILIES['amazon-image'].parameters;
const TITAN_TEXT = { type: 'text', minLength: 1, maxLength: 512 } as const;
const { style: _novaStyles, ...TITAN_COMMON } = AMAZON;
/** Sizes are from the AWS page on the request parameters of Titan Image Generator. */
const TITAN: ModelParameters = {
  ...TITAN_COMMON,
  prompt: { ...TITAN_TEXT, required: true },
  negativePrompt: TITAN_TEXT,
  seed: { type: 'integer', minimum: 0, maximum: 2_147_483_646 },
  cfgScale: range(1.1, 10, 8),
  size: {
    type: 'size',
    values: [
      '1024x1024', '768x768', '512x512', '768x1152', '384x576', '1152x768', '576x384', '768x1280', '384x640', '1280x768', '640x384', '896x1152', '448x576',
      '1152x896', '576x448', '768x1408', '384x704', '1408x768', '704x384', '640x1408', '320x704', '1408x640', '704x320', '1152x640', '1173x640',
    ],
    minimum: 320,
    maximum: 1408,
    multipleOf: 1,
    default: '1024x1024',
  },
};

const CORE = 'stability.stable-image-core-v1:1';
const ULTRA = 'stability.stable-image-ultra-v1:1';
const SD3_5 = 'stability.sd3-5-large-v1:0';
const STABILITY = { provider: 'Stability AI', family: 'stability-v2', regions: ['us-west-2'] } as const;
const AMAZON_IMAGE = { provider: 'Amazon', family: 'amazon-image' } as const;
/** Last seen in 2025 in the list of available models. AWS published no date. */
const GONE_IN_2025 = { endOfLife: '2025-11-23', approximate: true } as const;

/** Parameters, prices, product ids and dates are from the AWS model and lifecycle pages, as of 2026-11-21. */
export const MODELS: readonly CatalogModel[] = [
  {
    ...STABILITY,
    id: CORE,
    alias: 'stable-image-core',
    name: 'Stable Image Core',
    priceUsd: 0.04,
    marketplaceProductId: 'prod-eacdrmv7zfc5e',
    parameters: V2,
  },
  {
    ...STABILITY,
    id: ULTRA,
    alias: 'stable-image-ultra',
    name: 'Stable Image Ultra',
    priceUsd: 0.14,
    marketplaceProductId: 'prod-7boen2z2wnxrg',
    parameters: { ...V2, image: { type: 'image', formats: IMAGE_FORMATS, minSide: 1 }, strength: range(0, 1, 0.35) },
    rules: { needs: { strength: ['image'] } },
  },
  {
    ...STABILITY,
    id: SD3_5,
    alias: 'sd3-5-large',
    name: 'Stable Diffusion 3.5 Large',
    priceUsd: 0.08,
    marketplaceProductId: 'prodview-ajc3gw4mjy7my',
    parameters: {
      ...V2,
      seed: SEED,
      image: { type: 'image', formats: IMAGE_FORMATS, minSide: 64 },
      strength: range(0, 1),
      outputFormat: OUTPUT_FORMAT,
    },
    rules: { needs: { image: ['strength'], strength: ['image'] }, excludes: { image: ['aspectRatio', 'size'] } },
    imageMode: 'image-to-image',
  },
  {
    ...AMAZON_IMAGE,
    id: 'amazon.nova-canvas-v1:0',
    alias: 'nova-canvas',
    name: 'Amazon Nova Canvas',
    regions: ['us-east-1', 'eu-west-1', 'ap-northeast-1'],
    lifecycle: { legacySince: '2026-03-30', endOfLife: '2026-09-30', replacement: CORE },
    parameters: AMAZON,
  },
  {
    ...AMAZON_IMAGE,
    id: 'amazon.titan-image-generator-v2:0',
    alias: 'titan-image-generator-v2',
    name: 'Amazon Titan Image Generator G1 v2',
    regions: ['us-east-1', 'us-west-2'],
    lifecycle: { legacySince: '2025-12-30', endOfLife: '2026-06-30', replacement: CORE },
    parameters: TITAN,
  },
  {
    ...AMAZON_IMAGE,
    id: 'amazon.titan-image-generator-v1',
    alias: 'titan-image-generator-v1',
    name: 'Amazon Titan Image Generator G1 v1',
    regions: ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-west-2', 'ap-south-1'],
    lifecycle: { endOfLife: '2025-12-24', approximate: true, replacement: CORE },
    parameters: TITAN,
  },
  {
    ...STABILITY,
    id: 'stability.stable-image-core-v1:0',
    alias: 'stable-image-core-v1-0',
    name: 'Stable Image Core (first version)',
    priceUsd: 0.04,
    lifecycle: { ...GONE_IN_2025, replacement: CORE },
    parameters: V2,
  },
  {
    ...STABILITY,
    id: 'stability.stable-image-ultra-v1:0',
    alias: 'stable-image-ultra-v1-0',
    name: 'Stable Image Ultra (first version)',
    priceUsd: 0.14,
    lifecycle: { ...GONE_IN_2025, replacement: ULTRA },
    parameters: V2,
  },
  {
    ...STABILITY,
    id: 'stability.sd3-large-v1:0',
    alias: 'sd3-large',
    name: 'Stable Diffusion 3 Large',
    priceUsd: 0.08,
    lifecycle: { ...GONE_IN_2025, replacement: SD3_5 },
    parameters: V2,
  },
  {
    provider: 'Stability AI',
    id: 'stability.stable-diffusion-xl-v1',
    alias: 'stable-diffusion-xl',
    name: 'Stable Diffusion XL 1.0',
    family: 'stability-v1-text_prompts',
    regions: ['us-east-1', 'us-west-2'],
    lifecycle: { endOfLife: '2025-05-20', replacement: CORE },
    parameters: FAMILIES['stability-v1-text_prompts'].parameters,
  },
  {
    provider: 'Stability AI',
    id: 'stability.stable-diffusion-xl-v0',
    alias: 'stable-diffusion-xl-v0',
    name: 'Stable Diffusion XL 0.8',
    family: 'stability-v1-text_prompts',
    regions: ['us-east-1', 'us-west-2'],
    lifecycle: { endOfLife: '2024-04-30', approximate: true, replacement: CORE },
    parameters: FAMILIES['stability-v1-text_prompts'].parameters,
  },
  {
    // A preview that is available through inference profiles only. General availability is unconfirmed.
    provider: 'Amazon',
    id: 'amazon.nova-2-omni-v1:0',
    alias: 'nova-2-omni',
    name: 'Amazon Nova 2 Omni (preview)',
    family: 'converse',
    regions: [],
    parameters: FAMILIES.converse.parameters,
  },
];

/** Returns the catalog entry of a model id. */
export function catalogModel(id: string): CatalogModel | undefined {
  return MODELS.find((model) => model.id === id);
}
