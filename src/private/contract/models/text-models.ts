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
}

/** Ids, regions and limits: AWS's model cards, state of 2026-11-21. */
export const TEXT_MODELS: readonly TextCatalogModel[] = [
  {
    id: 'amazon.nova-2-lite-v1:0',
    alias: 'nova-2-lite',
    provider: 'Amazon',
    name: 'Amazon Nova 2 Lite',
    regions: [],
    maxOutputTokens: 65_535,
  },
  {
    id: 'amazon.nova-lite-v1:0',
    alias: 'nova-lite',
    provider: 'Amazon',
    name: 'Amazon Nova Lite',
    regions: ['ap-northeast-1', 'ap-southeast-2', 'ap-southeast-3', 'eu-north-1', 'eu-west-2', 'us-east-1', 'us-east-2', 'us-west-2'],
    // sources differ between this and 10,000
    maxOutputTokens: 5_000,
  },
];

export function textModel(id: string): TextCatalogModel | undefined {
  return TEXT_MODELS.find((model) => model.id === id);
}
