import { JobReplyOptions } from './job-reply-options';
import { ConfiguredLegacyRoute } from './private/contract/configuration';

/**
 * What clients of an older system get from a route of `ApiRoutes.legacy()`.
 *
 * Each answers 200 and holds the fields that such clients read, beside those of `POST /images` or `POST /text`: id, prompt,
 * images and so on. What failed is told by a status of its own and a problem document, never by 200; only `job()` tells at its
 * `statusPath`, with 200, of an image that failed.
 */
export class LegacyReply {
  /**
   * `{"statusCode": 200, "body": "<URL of the image>"}`, as Lambda functions behind a gateway without proxy integration answer.
   *
   * The URL lives as long as `presignTtl`. If the image could not be stored, it is a `data:` URL that holds the image.
   */
  public static presignedUrl(): LegacyReply {
    return new LegacyReply('presignedUrl');
  }

  /**
   * `{"image": "<base64>", "prompt": "..."}`.
   *
   * Images above 4 MB do not fit: then there is a `url` instead of `image`, and `"warning": "INLINE_TOO_LARGE"`.
   */
  public static base64(): LegacyReply {
    return new LegacyReply('base64');
  }

  /**
   * `{"message": "<text>", "key": "<key in the bucket>"}`. If the image could not be stored, the route answers 500
   * and names the seed that draws it again, which is heeded as `seed` unless `parameters` call it something else.
   *
   * @param text what the old system says, for example `Image Saved to S3`; 1 to 200 characters
   */
  public static storedMessage(text: string): LegacyReply {
    return new LegacyReply('storedMessage', text);
  }

  /**
   * `{"statusCode": 200, "body": "<text>", "text": "<text>"}`, written by `textModel`; draws no image.
   */
  public static text(): LegacyReply {
    return new LegacyReply('text');
  }

  /**
   * At once `{"image_id": "...", "status": "processing", "estimated_time": 15}`, with the time in seconds; needs
   * `delivery: Delivery.queued()`. The image is drawn by a worker.
   *
   * At `statusPath` then the same without the time, and in the end `"status": "completed"` with `image_url` and `generated_at`, or
   * `"status": "failed"` with `error`. Once the image is gone the status is `expired`, and 404 after another week. What the id is
   * called, here `image_id`, is for `statusPath` to say.
   */
  public static job(options: JobReplyOptions): LegacyReply {
    return new LegacyReply('job', undefined, options.statusPath);
  }

  private constructor(
    /**
     * What the handler is told.
     *
     * @internal
     */
    public readonly _kind: ConfiguredLegacyRoute['reply'],
    /**
     * Of a stored message.
     *
     * @internal
     */
    public readonly _message?: string,
    /**
     * Of a job.
     *
     * @internal
     */
    public readonly _statusPath?: string,
  ) {}
}
