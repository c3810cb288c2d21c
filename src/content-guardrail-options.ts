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
   * Destination regions of `profileId`, as the page "Available guardrail profiles" of the Amazon Bedrock User Guide lists them.
   *
   * @default - us-east-1, us-east-2 and us-west-2 for the profile `us.guardrail.v1:0`; required for other profiles
   */
  readonly destinationRegions?: string[];

  /**
   * ARN of the customer managed KMS key that encrypts the guardrail. The functions get the permission to decrypt with it, which the policy of
   * the key must allow as well. Without it, Amazon Bedrock denies the calls of such a guardrail.
   *
   * @default - the guardrail has no customer managed key
   */
  readonly kmsKeyArn?: string;
}
