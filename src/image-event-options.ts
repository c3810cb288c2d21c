import * as events from 'aws-cdk-lib/aws-events';

/**
 * Who is to know what became of images, and what.
 */
export interface ImageEventOptions extends events.OnEventOptions {
  /**
   * Whether the event holds the prompt, as far as `promptPolicy` keeps it: itself, its hash or nothing.
   *
   * One event goes to all rules: where one of them asks for prompts, all events of this API hold them, and whoever may add rules
   * to the event bus of the account can read them.
   *
   * @default false
   */
  readonly includePrompt?: boolean;
}
