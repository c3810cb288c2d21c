import facts from '../examples/local/model-service/models.json';
import { FAMILY_PARAMETERS, MODEL_FAMILIES, MODELS } from '../src/private/contract/models';

interface Fact {
  readonly modelId: string;
  readonly provider: string;
  readonly status: string;
  readonly regions: readonly string[];
  readonly requestSchema: string | null;
  readonly pricePerImageUSD?: unknown;
  readonly marketplace?: { readonly productId?: string | null } | null;
  readonly request?: Readonly<Record<string, { readonly min?: number; readonly max?: number; readonly values?: readonly string[] } | undefined>>;
}
const FACTS = facts as unknown as readonly Fact[];

/** Our parameter names for the model's. */
const NAMES = { negativePrompt: 'negative_prompt', aspectRatio: 'aspect_ratio', outputFormat: 'output_format' } as const;

describe.each(MODELS)('the catalog row of $id', (model) => {
  const fact = FACTS.find(({ modelId }) => modelId === model.id)!;

  it('is a model that can be called', () => {
    expect(fact.status).toBe('ACTIVE');
  });

  it('agrees with the facts on provider, family, regions, price and Marketplace product', () => {
    const { provider, family, regions, priceUsd, marketplaceProductId } = model;
    expect({ provider, family, regions, priceUsd, marketplaceProductId }).toEqual({
      provider: fact.provider,
      family: fact.requestSchema,
      regions: fact.regions,
      priceUsd: fact.pricePerImageUSD,
      marketplaceProductId: fact.marketplace?.productId,
    });
  });

  it('agrees with the facts on every parameter', () => {
    const { prompt, negativePrompt, aspectRatio, seed, outputFormat } = model.parameters;
    expect(prompt.maxLength).toBe(fact.request?.prompt?.max);
    expect(negativePrompt?.maxLength).toBe(fact.request?.[NAMES.negativePrompt]?.max);
    expect([...aspectRatio!.values].sort()).toEqual([...fact.request![NAMES.aspectRatio]!.values!].sort());
    expect({ min: seed.minimum, max: seed.maximum }).toEqual({ min: fact.request?.seed?.min, max: fact.request?.seed?.max });
    expect([...outputFormat.values].sort()).toEqual([...fact.request![NAMES.outputFormat]!.values!].sort());
  });

  it('has defaults that the model takes', () => {
    expect(model.parameters.aspectRatio!.values).toContain(model.parameters.aspectRatio!.default);
    expect(model.parameters.outputFormat.values).toContain(model.parameters.outputFormat.default);
  });
});

describe('the catalog', () => {
  it('holds every text-to-image model that is active and of a known family', () => {
    const active = FACTS.filter(({ status, requestSchema }) => status === 'ACTIVE' && MODEL_FAMILIES.some((family) => family === requestSchema));
    expect(MODELS.map(({ id }) => id).sort()).toEqual(active.map(({ modelId }) => modelId).sort());
  });

  it('names no model twice', () => {
    const names = MODELS.flatMap(({ id, alias }) => [id, alias]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('knows what each family takes', () => {
    expect(Object.keys(FAMILY_PARAMETERS).sort()).toEqual([...MODEL_FAMILIES].sort());
  });
});
