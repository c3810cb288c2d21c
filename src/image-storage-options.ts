import { type Duration } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';

/**
 * Options for `ImageStorage.existing()`.
 */
export interface ExistingImageStorageOptions {
  /**
   * Key prefix of all images. A missing trailing slash is added. Empty for the whole bucket.
   *
   * At most 200 letters, digits and `/ _ . - =`. After a change, images stored under the previous prefix cannot be read.
   *
   * @default 'images/'
   */
  readonly prefix?: string;

  /**
   * Time for which images are stored, in whole days from 1 to 3,650.
   *
   * The construct does not change an existing bucket: add a lifecycle rule that expires objects under the prefix after this time.
   *
   * @default Duration.days(30)
   */
  readonly expiration?: Duration;
}

/**
 * Options for `ImageStorage.managed()`.
 */
export interface ManagedImageStorageOptions {
  /**
   * Key prefix of all images. A missing trailing slash is added.
   *
   * At most 200 letters, digits and `/ _ . - =`. After a change, images stored under the previous prefix cannot be read.
   *
   * @default 'images/'
   */
  readonly prefix?: string;

  /**
   * Time for which images are stored, in whole days from 1 to 3,650.
   *
   * Responses contain the expiration time as `imageExpiresAt`. A change applies to the deletion of existing images, but not to their
   * `imageExpiresAt`.
   *
   * @default Duration.days(30)
   */
  readonly expiration?: Duration;

  /**
   * Whether to delete all objects when the bucket is deleted.
   *
   * Requires `removalPolicy: RemovalPolicy.DESTROY`. Adds a custom resource with a Lambda function.
   *
   * @default false
   */
  readonly autoDeleteObjects?: boolean;

  /**
   * Bucket for server access logs, in the Region and account of the stack and without a KMS key. S3 charges for their storage.
   *
   * The logs contain the presigned URLs of requests: anyone who reads them can use a URL until it expires. The policy of an imported bucket
   * must allow the service `logging.s3.amazonaws.com` to write objects.
   *
   * @default - no server access logs
   */
  readonly serverAccessLogsBucket?: s3.IBucket;

  /**
   * Key prefix of the server access logs.
   *
   * @default - no prefix
   */
  readonly serverAccessLogsPrefix?: string;
}
