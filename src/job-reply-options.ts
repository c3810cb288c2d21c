/**
 * How clients of an older system follow an image that is drawn later.
 */
export interface JobReplyOptions {
  /**
   * Where those clients ask for an image by GET: one or two segments of letters, digits and `. _ -`, then the id in braces, under
   * the name that it has in the answers: 1 to 64 letters, digits and `_`, and no other field of the answers. For example
   * `/image/{image_id}`.
   */
  readonly statusPath: string;
}
