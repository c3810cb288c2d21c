/**
 * Options for `TextModel.of()`.
 */
export interface TextModelOptions {
  /**
   * Region where the model is called.
   *
   * If it differs from the region of the stack, prompts leave the region of the stack.
   *
   * @default - the region of the stack
   */
  readonly region?: string;
}

/**
 * Options for `TextModel.inferenceProfile()`.
 */
export interface TextInferenceProfileOptions {
  /**
   * Region where the profile is called.
   *
   * @default - the region of the stack
   */
  readonly region?: string;

  /**
   * Destination regions of the profile, as the model's page in the Bedrock user guide lists them for `region`.
   *
   * The functions can use the model in these regions and through this profile only. Prompts can be processed there.
   *
   * @default - any commercial region for a profile whose id starts with `global.`; the regions of the catalog for profiles of Nova 2
   * Lite; required for others
   */
  readonly destinationRegions?: string[];
}
