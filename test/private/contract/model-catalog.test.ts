import facts from '../../../local/model-service/models.json';
import { type ParameterFact, type ParameterFacts } from '../../../local/model-service/schema/documented-facts';
import {
  catalogModel, EDIT_MODELS, EDIT_REGIONS, editProfile, FAMILIES, MODEL_FAMILIES, MODELS, type Parameter, statusAt, TEXT_MODELS, textModel,
} from '../../../src/private/contract/models';
import { NOVA_2_LITE_PROFILES } from '../../../src/private/contract/models/inference-profiles';
import { NOT_IMAGE_MODELS } from '../../../src/private/contract/models/other-models';
import { ACTIVE_MODELS, DOCUMENTED_ACTIVE_IDS } from '../../fixtures/active-models';

interface Fact {
  readonly modelId: string;
  readonly provider: string;
  readonly status: string;
  readonly regions: readonly string[];
  readonly formerRegions?: readonly string[];
  readonly onDemandRegions?: readonly string[];
  readonly inferenceProfiles: readonly string[];
  readonly invocation: { readonly onDemandDirect: boolean };
  readonly requestSchema: string | null;
  readonly request: ParameterFacts;
  readonly promptMaxChars: number | null;
  readonly imagesPerCall?: number;
  readonly pricePerImageUSD?: unknown;
  readonly marketplace?: { readonly productId?: string | null } | null;
  readonly legacyDate?: string | null;
  readonly eolDate?: string | null;
  readonly replacement?: string;
  readonly maxOutputTokens?: number | string;
  readonly pricePerMTokensUSD?: Readonly<Record<string, { readonly in: number; readonly out: number }>>;
  readonly profileSourceToDestinations?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const FACTS = facts as unknown as readonly Fact[];
const factOf = (id: string) => FACTS.find(({ modelId }) => modelId === id)!;
/** Date of the facts. */
const FACTS_DATE = Date.parse('2026-11-21');
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const ended = FACTS.filter(({ status }) => status === 'EOL');

describe('the model catalog', () => {
  it('contains the active image models', () => {
    expect([...ACTIVE_MODELS, ...EDIT_MODELS].map(({ id }) => id).sort()).toEqual([...DOCUMENTED_ACTIVE_IDS].sort());
  });

  it('contains the ended models and reports them as ended', () => {
    const ids = MODELS.filter(({ lifecycle }) => lifecycle && statusAt(lifecycle, FACTS_DATE) === 'ended').map(({ id }) => id);
    expect(ids.sort()).toEqual(ended.map(({ modelId }) => modelId).sort());
  });

  it('has an entry or a reason for every model in the facts', () => {
    const known = (id: string) => catalogModel(id) ?? textModel(id) ?? EDIT_MODELS.find((edit) => edit.id === id) ?? NOT_IMAGE_MODELS[id];
    expect(FACTS.filter(({ modelId }) => !known(modelId)).map(({ modelId }) => modelId)).toEqual([]);
  });

  it('has unique ids and aliases', () => {
    const rows = [...MODELS, ...TEXT_MODELS, ...EDIT_MODELS.map(({ id, operation }) => ({ id, alias: operation }))];
    const names = rows.flatMap(({ id, alias }) => [id, alias]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has parameters for each family', () => {
    expect(Object.keys(FAMILIES).sort()).toEqual([...MODEL_FAMILIES].sort());
  });
});

describe.each(MODELS)('the catalog entry of $id', (model) => {
  const fact = factOf(model.id);

  it('has the provider, family, Regions, price, Marketplace product and images per call of the facts', () => {
    const { provider, family, regions, priceUsd, marketplaceProductId } = model;
    expect({ provider, family, regions, priceUsd, marketplaceProductId }).toEqual({
      provider: fact.provider,
      family: fact.requestSchema,
      // The Regions of the oldest models are unknown.
      regions: fact.status === 'EOL' ? (fact.formerRegions?.length ? fact.formerRegions : regions) : fact.regions,
      priceUsd: typeof fact.pricePerImageUSD === 'number' ? fact.pricePerImageUSD : undefined,
      marketplaceProductId: fact.marketplace?.productId ?? undefined,
    });
    if (fact.imagesPerCall !== undefined) expect(FAMILIES[family].imagesPerCall).toBe(fact.imagesPerCall);
  });

  it('has the lifecycle dates of the facts', () => {
    const { legacySince, endOfLife, approximate } = model.lifecycle ?? {};
    expect(legacySince).toBe(DAY.test(fact.legacyDate ?? '') ? fact.legacyDate : undefined);
    expect(approximate ?? false).toBe(Boolean(fact.eolDate) && !DAY.test(fact.eolDate!));
    expect(endOfLife === undefined).toBe(!fact.eolDate);
    if (endOfLife !== undefined) expect(fact.eolDate).toContain(endOfLife);
  });

  it('has a replacement if and only if it has lifecycle dates, and the replacement is active', () => {
    const { replacement } = model.lifecycle ?? {};
    expect(replacement === undefined).toBe(model.lifecycle === undefined);
    if (replacement !== undefined) expect(DOCUMENTED_ACTIVE_IDS).toContain(replacement);
    if (fact.replacement !== undefined) expect(replacement).toBe(fact.replacement);
  });

  it('has the prompt length of the facts', () => {
    if (fact.promptMaxChars !== null) expect(model.parameters.prompt?.maxLength).toBe(fact.promptMaxChars);
    expect(model.parameters.prompt?.required).toBe(true);
  });
});

/** Names of parameters in model requests. The others are in snake case. */
const WIRE: Readonly<Record<string, string>> = { style: 'style_preset' };
const wireName = (name: string, request: Fact['request']) =>
  (name === 'image' && 'init_image' in request ? 'init_image' : WIRE[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
/** Returns the documented parameters. `mode` follows from the input image, and names with an underscore are remarks. */
const documented = (request: Fact['request']) => Object.keys(request).filter((name) => name !== 'mode' && !name.startsWith('_'));

/** Returns a fact in the format of the catalog. */
function expected(fact: ParameterFact): object {
  const { type, min, max, default: preset, values, required, formats, minSidePx, maxSidePx, minPixels, maxPixels, aspect } = fact;
  const common = { ...(required && { required }) };
  switch (type) {
    // An empty text is the same as none, so the minimum in the catalog is 1.
    case 'string': return { ...common, type: 'text', minLength: 1, maxLength: max };
    // If no default is documented, the catalog defines one, so that the format of the response is known.
    case 'enum': return { ...common, type: 'choice', values: [...values!].sort(), ...(preset === null ? { default: expect.any(String) } : preset !== undefined && { default: preset }) };
    case 'int': return { ...common, type: 'integer', minimum: min, maximum: max, ...(preset !== undefined && { default: preset }) };
    case 'float': return { ...common, type: 'number', minimum: min, maximum: max, ...(preset !== undefined && { default: preset }) };
    case 'base64': return {
      ...common,
      type: 'image',
      ...(formats && { formats: [...formats].sort() }),
      ...(minSidePx && { minSide: minSidePx }),
      ...(maxSidePx && { maxSide: maxSidePx }),
      ...(minPixels && { minPixels }),
      ...(maxPixels && { maxPixels }),
      ...(aspect && { maxRatio: Number(aspect.split(':')[1].split('..')[0]) }),
    };
    default: throw new Error(`unknown type ${type}`);
  }
}

function sorted(parameter: Parameter): object {
  return {
    ...parameter,
    ...('values' in parameter && parameter.values && { values: [...parameter.values].sort() }),
    ...('formats' in parameter && { formats: [...parameter.formats].sort() }),
  };
}

const STABILITY = [...ACTIVE_MODELS.filter(({ family }) => family === 'stability-v2'), ...EDIT_MODELS];

describe.each(STABILITY)('the parameters of $id', ({ id, parameters }) => {
  const { request } = factOf(id);
  const names = Object.keys(parameters) as (keyof typeof parameters)[];

  it('are the ones in the facts', () => {
    expect(names.map((name) => wireName(name, request)).sort()).toEqual(documented(request).sort());
  });

  it.each(names)('have the type and limits of the facts for %s', (name) => {
    const parameter = sorted(parameters[name]!);
    const fact = request[wireName(name, request)];
    // The facts have no sizes for some images.
    if (fact.type === 'base64' && fact.maxPixels === undefined) expect(parameter).toMatchObject(expected(fact));
    else expect(parameter).toEqual(expected(fact));
  });

  it('have defaults that the model accepts', () => {
    for (const parameter of Object.values(parameters)) {
      if (parameter.type === 'choice' && parameter.default !== undefined) expect(parameter.values).toContain(parameter.default);
    }
  });
});

interface AmazonConfig {
  readonly width?: Readonly<Record<'min' | 'max' | 'multipleOf' | 'maxPixelsExclusive' | 'default', number>>;
  readonly cfgScale: ParameterFact;
  readonly seed: ParameterFact;
  readonly quality: readonly string[];
}

describe.each(MODELS.filter(({ family }) => family === 'amazon-image'))('the parameters of $id', ({ id, parameters }) => {
  const { request } = factOf(id);
  const config = request.imageGenerationConfig as unknown as AmazonConfig;

  it('have the limits of the facts', () => {
    expect(parameters.negativePrompt?.maxLength).toBe(request.negativeText.max);
    expect(parameters.cfgScale).toMatchObject({ type: 'number', minimum: config.cfgScale.min, maximum: config.cfgScale.max, default: config.cfgScale.default });
    // Without a default, because the model default would generate the same image for each request.
    expect(parameters.seed).toEqual({ type: 'integer', minimum: config.seed.min, maximum: config.seed.max });
    expect(parameters.quality).toMatchObject({ values: config.quality });
    // In lower case with hyphens for all models. Amazon uses upper case with underscores.
    expect(parameters.style?.values.map((style) => style.toUpperCase().replaceAll('-', '_'))).toEqual(request.style?.values);
    if (config.width) {
      const { min, max, multipleOf, maxPixelsExclusive, default: side } = config.width;
      expect(parameters.size).toMatchObject({ minimum: min, maximum: max, multipleOf, maxPixels: maxPixelsExclusive - 1, default: `${side}x${side}` });
    } else {
      expect(parameters.size?.values?.every((size) => size.split('x').every((each) => Number(each) <= 1408))).toBe(true);
    }
  });
});

describe.each(MODELS.filter(({ family }) => family === 'stability-v1-text_prompts'))('the parameters of $id', ({ id, parameters }) => {
  const { request } = factOf(id);

  it('have the limits of the facts', () => {
    expect(parameters.cfgScale).toMatchObject(expected(request.cfg_scale));
    expect(parameters.steps).toMatchObject({ type: 'integer', minimum: request.steps.min, maximum: request.steps.max, default: request.steps.default });
    expect(parameters.seed).toMatchObject({ minimum: request.seed.min, maximum: request.seed.max });
    expect([...parameters.style!.values].sort()).toEqual([...request.style_preset.values!].sort());
    expect(parameters.size?.multipleOf).toBe(64);
  });
});

describe.each(EDIT_MODELS)('the catalog entry of the edit $operation', ({ id, priceUsd }) => {
  it('has the Regions, profile, price and lifecycle of the facts', () => {
    const fact = factOf(id);
    expect(fact).toMatchObject({
      status: 'ACTIVE',
      legacyDate: null,
      eolDate: null,
      requestSchema: 'stability-services',
      regions: [...EDIT_REGIONS],
      inferenceProfiles: [editProfile(id)],
      invocation: { onDemandDirect: false },
      pricePerImageUSD: priceUsd,
      marketplace: { productId: null },
      imagesPerCall: FAMILIES['stability-services'].imagesPerCall,
    });
  });
});

describe.each(TEXT_MODELS)('the catalog entry of the text model $id', ({ id, provider, regions, maxOutputTokens, defaults, prices, lifecycle = {} }) => {
  const fact = factOf(id);

  it('has the provider, status, Regions and token limit of the facts', () => {
    expect(fact).toMatchObject({ provider, status: 'ACTIVE', requestSchema: 'converse' });
    expect(regions).toEqual(fact.invocation.onDemandDirect ? fact.onDemandRegions : []);
    expect(String(fact.maxOutputTokens)).toContain(String(maxOutputTokens));
  });

  it('has the prices, defaults and lifecycle dates of the facts', () => {
    const perToken = Object.entries(fact.pricePerMTokensUSD ?? {}).map(([geography, price]) => [geography, { input: price.in, output: price.out }]);
    expect(prices).toEqual(Object.fromEntries(perToken));
    expect(fact.request.inferenceConfig).toMatchObject({ temperature: { default: defaults.temperature }, topP: { default: defaults.topP } });
    expect([lifecycle.legacySince ?? null, lifecycle.endOfLife ?? null]).toEqual([fact.legacyDate, fact.eolDate]);
  });
});

describe('the inference profiles of Nova 2 Lite', () => {
  const { inferenceProfiles, profileSourceToDestinations, regions } = factOf('amazon.nova-2-lite-v1:0');

  it('are the ones in the facts', () => {
    expect(NOVA_2_LITE_PROFILES.map(({ id }) => id)).toEqual(inferenceProfiles);
    expect([...new Set(NOVA_2_LITE_PROFILES.flatMap(({ sources }) => Object.keys(sources)))].sort()).toEqual([...regions].sort());
  });

  it.each(NOVA_2_LITE_PROFILES)('$id has the source and destination Regions of the facts', ({ id, sources }) => {
    const prefix = id.slice(0, id.indexOf('.'));
    if (prefix === 'global') {
      expect(Object.keys(sources).sort()).toEqual([...profileSourceToDestinations!.global.sources].sort());
      expect(Object.values(sources)).toEqual(Object.keys(sources).map(() => ['*']));
    } else {
      expect(sources).toEqual(profileSourceToDestinations![prefix]);
    }
  });
});
