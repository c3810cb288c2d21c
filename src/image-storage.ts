import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { UPLOAD_EXPIRATION_DAYS, UPLOAD_FOLDER } from './private/contract/requests';
import { durationInRange, keyPrefix, sameRegion, throwProblems, wholeUnits } from './private/validation/rules';

/**
 * Where images are kept, in a bucket that is created.
 */
export interface ManagedImageStorageOptions {
  /**
   * What the keys of all images start with; a slash is appended where it is missing.
   *
   * At most 200 letters, digits and `/ _ . - =`. Changing it hides images made before.
   *
   * @default 'images/'
   */
  readonly prefix?: string;

  /**
   * How long an image is kept, in whole days from 1 to 3,650.
   *
   * Answers name the time as `imageExpiresAt`. Changing it moves the deletion of images made before, not the time they
   * were answered with.
   *
   * @default Duration.days(30)
   */
  readonly expiration?: Duration;

  /**
   * Whether the bucket is emptied when it is deleted.
   *
   * Needs `removalPolicy: RemovalPolicy.DESTROY`. Adds a custom resource with a function of its own.
   *
   * @default false
   */
  readonly autoDeleteObjects?: boolean;
}

/**
 * Where images are kept, in a bucket that exists.
 */
export interface ExistingImageStorageOptions {
  /**
   * What the keys of all images start with; a slash is appended where it is missing. Empty for the whole bucket.
   *
   * At most 200 letters, digits and `/ _ . - =`. Changing it hides images made before.
   *
   * @default 'images/'
   */
  readonly prefix?: string;

  /**
   * How long an image is promised to be kept, in whole days from 1 to 3,650.
   *
   * A bucket that exists is not changed: give it a lifecycle rule that deletes under the prefix after this time.
   *
   * @default Duration.days(30)
   */
  readonly expiration?: Duration;
}

/**
 * What storage is created for.
 *
 * @internal
 */
export interface ImageStorageBindOptions {
  readonly corsOrigins: readonly string[];
  readonly encryptionKey?: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
  /** Whether callers upload images, to edit them. */
  readonly uploads: boolean;
}

/**
 * Where images are kept and for how long.
 */
export abstract class ImageStorage {
  /**
   * A bucket of its own: private, TLS only, encrypted, with images that expire. Costs by the stored byte and request.
   */
  public static managed(options: ManagedImageStorageOptions = {}): ImageStorage {
    return new ManagedImageStorage(options);
  }

  /**
   * A bucket that exists, in the region of the stack. It is not changed: the function gets the permissions to use the prefix, and the key where the
   * bucket names one.
   *
   * Add to the bucket what a bucket of its own would have: a lifecycle rule that deletes under the prefix after the
   * expiration, and, for browsers that read pixels, CORS for GET and HEAD from your origins. With `edits` also a rule that
   * deletes under the folder `uploads/` of the prefix, for example `images/uploads/`, after 1 day, and, for browsers that
   * upload, CORS for POST.
   */
  public static existing(bucket: s3.IBucket, options: ExistingImageStorageOptions = {}): ImageStorage {
    return new ExistingImageStorage(bucket, options);
  }

  /**
   * Key prefix of all images: empty, or ends in a slash.
   *
   * @internal
   */
  public readonly _prefix: string;

  /**
   * How long images are kept.
   *
   * @internal
   */
  public readonly _expiration: Duration;

  protected constructor(options: ExistingImageStorageOptions) {
    this._prefix = withTrailingSlash(options.prefix ?? 'images/');
    this._expiration = options.expiration ?? Duration.days(30);
  }

  /**
   * Problems of the options, in the words of `GenAiImageApiProps`.
   *
   * @internal
   */
  public _problems(_removalPolicy: RemovalPolicy): string[] {
    return [
      ...keyPrefix('storage.prefix', this._prefix),
      ...durationInRange('storage.expiration', this._expiration, { min: Duration.days(1), max: Duration.days(3650) }),
      ...wholeUnits('storage.expiration', this._expiration, Duration.days(1), 'days'),
    ];
  }

  /**
   * The bucket, created under the scope where it does not exist.
   *
   * @internal
   */
  public abstract _bind(scope: Construct, id: string, options: ImageStorageBindOptions): s3.IBucket;
}

class ManagedImageStorage extends ImageStorage {
  private readonly autoDeleteObjects: boolean;

  constructor(options: ManagedImageStorageOptions) {
    super(options);
    this.autoDeleteObjects = options.autoDeleteObjects ?? false;
  }

  public override _problems(removalPolicy: RemovalPolicy): string[] {
    const problems = super._problems(removalPolicy);
    if (this.autoDeleteObjects && removalPolicy !== RemovalPolicy.DESTROY) {
      problems.push("'storage.autoDeleteObjects' needs the bucket to be deleted with the stack; set 'removalPolicy' to RemovalPolicy.DESTROY");
    }
    return problems;
  }

  public override _bind(scope: Construct, id: string, options: ImageStorageBindOptions): s3.IBucket {
    const { corsOrigins, encryptionKey, removalPolicy, uploads } = options;
    return new s3.Bucket(scope, id, {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      ...(encryptionKey
        ? { encryption: s3.BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
        : { encryption: s3.BucketEncryption.S3_MANAGED }),
      lifecycleRules: [{
        prefix: this._prefix || undefined,
        expiration: this._expiration,
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      }, ...(uploads ? [{ prefix: `${this._prefix}${UPLOAD_FOLDER}`, expiration: Duration.days(UPLOAD_EXPIRATION_DAYS) }] : [])],
      ...(corsOrigins.length > 0 && { cors: [imageCors(corsOrigins, uploads)] }),
      removalPolicy,
      ...(this.autoDeleteObjects && { autoDeleteObjects: true }),
    });
  }
}

class ExistingImageStorage extends ImageStorage {
  constructor(private readonly bucket: s3.IBucket, options: ExistingImageStorageOptions) {
    super(options);
  }

  public override _bind(scope: Construct): s3.IBucket {
    throwProblems('GenAiImageApi', scope.node.path, sameRegion('storage', this.bucket.env.region, Stack.of(scope).region));
    return this.bucket;
  }
}

/** Lets a page draw an image on a canvas and read it back, for which `<img>` is not enough, and upload one by a form. */
function imageCors(corsOrigins: readonly string[], uploads: boolean): s3.CorsRule {
  const allowedMethods = [s3.HttpMethods.GET, s3.HttpMethods.HEAD, ...(uploads ? [s3.HttpMethods.POST] : [])];
  return { allowedMethods, allowedOrigins: [...corsOrigins], allowedHeaders: ['*'], maxAge: 3600 };
}

function withTrailingSlash(prefix: string): string {
  return prefix === '' || Token.isUnresolved(prefix) || prefix.endsWith('/') ? prefix : `${prefix}/`;
}
