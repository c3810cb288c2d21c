/**
 * Options for `TextModel.of()`.
 */
export interface TextModelOptions {
  /**
   * Region where the model is called.
   *
   * If it differs from the Region of the stack, prompts leave the Region of the stack.
   *
   * @default - the Region of the stack
   */
  readonly region?: string;

  /**
   * Price of one million input tokens in US dollars, for estimated costs and daily budgets.
   *
   * Required with a daily budget if the catalog has no price for the model in its Region. Set it together with
   * `pricePerMillionOutputTokensUsd`.
   *
   * @default - the price in the catalog
   */
  readonly pricePerMillionInputTokensUsd?: number;

  /**
   * Price of one million output tokens in US dollars. See `pricePerMillionInputTokensUsd`.
   *
   * @default - the price in the catalog
   */
  readonly pricePerMillionOutputTokensUsd?: number;
}

/**
 * Options for `TextModel.inferenceProfile()`.
 */
export interface TextInferenceProfileOptions {
  /**
   * Region where the profile is called.
   *
   * @default - the Region of the stack
   */
  readonly region?: string;

  /**
   * Destination regions of the profile, as the model's page in the Bedrock user guide lists them for `region`.
   *
   * The functions can use the model in these regions and through this profile only. Prompts can be processed there.
   *
   * @default - any commercial Region for a profile whose id starts with `global.`; the Regions of the catalog for profiles of Nova 2
   * Lite; required for others
   */
  readonly destinationRegions?: string[];

  /**
   * Price of one million input tokens in US dollars, for estimated costs and daily budgets.
   *
   * Required with a daily budget if the catalog has no price for the model in its Region. Set it together with
   * `pricePerMillionOutputTokensUsd`.
   *
   * @default - the price in the catalog
   */
  readonly pricePerMillionInputTokensUsd?: number;

  /**
   * Price of one million output tokens in US dollars. See `pricePerMillionInputTokensUsd`.
   *
   * @default - the price in the catalog
   */
  readonly pricePerMillionOutputTokensUsd?: number;
}
