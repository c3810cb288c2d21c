/**
 * Options for `LegacyReply.job()`.
 */
export interface JobReplyOptions {
  /**
   * Path where clients request the status of an image with GET: one or two segments of letters, digits and `. _ -`, then the id in braces.
   *
   * The name in braces is also the name of the id in responses: 1 to 64 letters, digits and `_`, different from all other fields of the
   * response. For example `/image/{image_id}`.
   *
   * Do not change the name later: API Gateway does not allow two path variables at the same position, so deployment would fail.
   */
  readonly statusPath: string;
}
