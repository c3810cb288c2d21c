import { Duration, Token } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { type Construct } from 'constructs';
import { type ExistingImageStorageOptions, type ManagedImageStorageOptions } from './image-storage-options';
import { type BucketSource, ExistingBucket, ManagedBucket } from './private/resources/image-bucket';
import { type BindContext, type ValidationContext } from './private/strategy';
import { durationInRange, keyPrefix, wholeUnits } from './private/validation/rules';
import { checkArguments, duration, flag, optionsOf, resource, text } from './private/validation/value-types';

const BUCKET = resource('a bucket', 'bucketArn', "for example s3.Bucket.fromBucketName(this, 'Bucket', name)");
const EXISTING_OPTIONS = optionsOf({ prefix: text, expiration: duration });
const MANAGED_OPTIONS = optionsOf({
  prefix: text, expiration: duration, autoDeleteObjects: flag, serverAccessLogsBucket: BUCKET, serverAccessLogsPrefix: text,
});

/**
 * Bucket where images are stored, and for how long.
 *
 * @example
 * import { Duration } from 'aws-cdk-lib';
 * import { GenAiImageApi, ImageStorage } from 'cdk-genai-image-api';
 *
 * new GenAiImageApi(this, 'Api', { storage: ImageStorage.managed({ expiration: Duration.days(7) }) });
 */
export class ImageStorage {
  /**
   * Creates a bucket: private, TLS only, encrypted, with a lifecycle rule that expires images. S3 charges for storage and requests.
   *
   * @example
   * import { Duration } from 'aws-cdk-lib';
   * import { ImageStorage } from 'cdk-genai-image-api';
   *
   * const storage = ImageStorage.managed({ expiration: Duration.days(365) });
   */
  public static managed(options: ManagedImageStorageOptions = {}): ImageStorage {
    checkArguments('ImageStorage.managed()', MANAGED_OPTIONS('storage', options));
    return new ImageStorage(options, new ManagedBucket(options));
  }

  /**
   * Uses an existing bucket in the Region of the stack.
   *
   * The construct does not change the bucket. It grants the functions access to the prefix, and to the key in `bucket.encryptionKey`.
   * Configure the bucket yourself: a lifecycle rule that expires objects under the prefix after `expiration`, and CORS for GET and HEAD if
   * scripts in browsers read images. With `edits`, also a lifecycle rule that expires `<prefix>uploads/` after 1 day, and CORS for POST if
   * browsers upload images.
   *
   * @example
   * import * as s3 from 'aws-cdk-lib/aws-s3';
   * import { ImageStorage } from 'cdk-genai-image-api';
   *
   * declare const bucket: s3.Bucket;
   * const storage = ImageStorage.existing(bucket, { prefix: 'generated/' });
   */
  public static existing(bucket: s3.IBucket, options: ExistingImageStorageOptions = {}): ImageStorage {
    checkArguments('ImageStorage.existing()', BUCKET('bucket', bucket), EXISTING_OPTIONS('storage', options));
    return new ImageStorage(options, new ExistingBucket(bucket));
  }

  /**
   * Key prefix of all images: empty, or with a trailing slash.
   */
  public readonly prefix: string;

  /**
   * Time for which images are stored.
   */
  public readonly expiration: Duration;

  private readonly bucket: BucketSource;

  private constructor(options: ExistingImageStorageOptions, bucket: BucketSource) {
    this.prefix = withTrailingSlash(options.prefix ?? 'images/');
    this.expiration = options.expiration ?? Duration.days(30);
    this.bucket = bucket;
  }

  /**
   * Returns the problems of the options, in terms of `GenAiImageApiProps`.
   *
   * @internal
   */
  public _validate(context: ValidationContext): string[] {
    return [
      ...keyPrefix('storage.prefix', this.prefix),
      ...durationInRange('storage.expiration', this.expiration, { min: Duration.days(1), max: Duration.days(3650) }),
      ...wholeUnits('storage.expiration', this.expiration, Duration.days(1), 'days'),
      ...this.bucket.validate(context),
    ];
  }

  /**
   * Returns the bucket, which is created under the scope if it is managed.
   *
   * @internal
   */
  public _bind(scope: Construct, context: BindContext): s3.IBucket {
    return this.bucket.bind(scope, 'Bucket', { ...context, prefix: this.prefix, expiration: this.expiration });
  }
}

function withTrailingSlash(prefix: string): string {
  return prefix === '' || Token.isUnresolved(prefix) || prefix.endsWith('/') ? prefix : `${prefix}/`;
}
