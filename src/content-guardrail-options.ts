/**
 * Options for `ContentGuardrail.of()`.
 */
export interface ContentGuardrailOptions {
  /**
   * Version of the guardrail: a number, for example `guardrailVersion.attrVersion`, or `DRAFT`.
   *
   * @default 'DRAFT'
   */
  readonly version?: string;

  /**
   * Destination regions of the guardrail profile in `crossRegionConfig`, as the page "Available guardrail profiles" of the Amazon Bedrock
   * User Guide lists them.
   *
   * @default - us-east-1, us-east-2 and us-west-2 for the profile `us.guardrail.v1:0`; required for other profiles
   */
  readonly destinationRegions?: string[];
}

/**
 * Options for `ContentGuardrail.existing()`.
 */
export interface ExistingContentGuardrailOptions {
  /**
   * Version of the guardrail: a number, or `DRAFT`.
   */
  readonly version: string;

  /**
   * ID of the guardrail profile, for example `us.guardrail.v1:0`, if the guardrail uses cross-Region inference. Without it, Amazon Bedrock
   * denies the calls of such a guardrail.
   *
   * @default - the guardrail does not use cross-Region inference
   */
  readonly profileId?: string;

  /**
   * ARN of the KMS key with which the guardrail is encrypted. The functions get permission to decrypt with it, which Amazon Bedrock requires
   * of callers of such a guardrail. The key policy must also allow it.
   *
   * @default - the guardrail is encrypted with a key that AWS owns
   */
  readonly kmsKeyArn?: string;

  /**
   * Destination regions of `profileId`, as the page "Available guardrail profiles" of the Amazon Bedrock User Guide lists them.
   *
   * @default - us-east-1, us-east-2 and us-west-2 for the profile `us.guardrail.v1:0`; required for other profiles
   */
  readonly destinationRegions?: string[];
}
