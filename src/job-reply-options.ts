/**
 * Options for `LegacyReply.job()`.
 */
export interface JobReplyOptions {
  /**
   * Path where clients request the status of an image with GET: one or two segments of letters, digits and `. _ -`, then the id in braces.
   *
   * The variable is also the name of the id in responses: 1 to 64 letters, digits and `_`, and no other field of the response. For
   * example `/image/{image_id}`.
   */
  readonly statusPath: string;
}
