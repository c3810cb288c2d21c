/**
 * Lifecycle state of a model on Amazon Bedrock.
 */
export enum ModelLifecycle {
  /**
   * The model can be called.
   */
  ACTIVE = 'active',

  /**
   * The model has an end of life: new customers cannot call it, and other customers lose access after a period without use.
   */
  LEGACY = 'legacy',

  /**
   * The model cannot be called.
   */
  ENDED = 'ended',
}
