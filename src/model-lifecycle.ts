/**
 * Where a model stands between its launch and its end.
 */
export enum ModelLifecycle {
  /**
   * It can be called.
   */
  ACTIVE = 'active',

  /**
   * It will end: new customers cannot call it, and others lose it after a while without use.
   */
  LEGACY = 'legacy',

  /**
   * It cannot be called any more.
   */
  ENDED = 'ended',
}
