import type * as events from 'aws-cdk-lib/aws-events';

/**
 * Options for `onImageSucceeded`, `onImageFailed` and `onImageDeleted`.
 */
export interface ImageEventOptions extends events.OnEventOptions {
  /**
   * Whether events include the prompt, in the form that `promptPolicy.retention` stores: the prompt, its hash or nothing.
   *
   * The functions publish one event for all rules: if one rule includes prompts, all events of this API include them, and anyone who can
   * add rules to the default event bus of the account can read them.
   *
   * @default false
   */
  readonly includePrompt?: boolean;
}
