import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { type Construct } from 'constructs';
import { type ManagedImageStorageOptions } from '../../image-storage-options';
import { UPLOAD_EXPIRATION_DAYS, UPLOAD_FOLDER } from '../contract/requests';
import { type BindContext, type ValidationContext } from '../strategy';
import { noteImportedBucket, warnBucketAccount, warnKeyAccount } from '../validation/annotations/account-annotations';
import { warnBucketLifecycle } from '../validation/annotations/bucket-lifecycle';
import { warnBucketNotEmpty } from '../validation/annotations/prop-annotations';
import { areKnownToDiffer, arnPartitionProblems, isImported } from '../validation/environments';
import { keyProblems } from '../validation/keys';
import { sameRegion, throwProblems } from '../validation/rules';

export interface ImageBucketOptions extends BindContext {
  readonly prefix: string;
  readonly expiration: Duration;
}

/** Where an `ImageStorage` gets its bucket. */
export interface BucketSource {
  validate(context: ValidationContext): string[];
  bind(scope: Construct, id: string, options: ImageBucketOptions): s3.IBucket;
}

/** Creates the bucket. */
export class ManagedBucket implements BucketSource {
  constructor(private readonly options: Omit<ManagedImageStorageOptions, 'prefix' | 'expiration'>) {}

  public validate({ removalPolicy, stackAccount, stackRegion }: ValidationContext): string[] {
    const { autoDeleteObjects, serverAccessLogsBucket, serverAccessLogsPrefix } = this.options;
    return [
      ...(autoDeleteObjects && removalPolicy !== RemovalPolicy.DESTROY
        ? ["'storage.autoDeleteObjects' needs the bucket to be deleted with the stack; set 'removalPolicy' to RemovalPolicy.DESTROY"] : []),
      ...(serverAccessLogsPrefix !== undefined && !serverAccessLogsBucket
        ? ["'storage.serverAccessLogsPrefix' has no effect without 'storage.serverAccessLogsBucket'; set the bucket, or remove the prefix"] : []),
      ...(serverAccessLogsBucket?.encryptionKey
        ? ["'storage.serverAccessLogsBucket' must not have a KMS key, because S3 delivers access logs to buckets with S3 managed keys only"] : []),
      ...(isEncryptedByKms(serverAccessLogsBucket)
        ? ["'storage.serverAccessLogsBucket' must not have BucketEncryption.KMS_MANAGED, because S3 delivers access logs to buckets with S3 managed keys only"] : []),
      ...(serverAccessLogsBucket && areKnownToDiffer(serverAccessLogsBucket.env.account, stackAccount)
        ? [`'storage.serverAccessLogsBucket' must be in the account of the stack, ${stackAccount}, as S3 requires, got a bucket in ${serverAccessLogsBucket.env.account}; use a bucket of that account`] : []),
      ...(serverAccessLogsBucket ? sameRegion('storage.serverAccessLogsBucket', serverAccessLogsBucket.env.region, stackRegion) : []),
    ];
  }

  public bind(scope: Construct, id: string, options: ImageBucketOptions): s3.IBucket {
    const { corsOrigins, encryptionKey, expiration, hasUploads, prefix, removalPolicy } = options;
    const { autoDeleteObjects, serverAccessLogsBucket, serverAccessLogsPrefix } = this.options;
    if (removalPolicy === RemovalPolicy.DESTROY && !autoDeleteObjects) warnBucketNotEmpty(scope);
    const bucket = new s3.Bucket(scope, id, {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      ...(encryptionKey
        ? { encryption: s3.BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
        : { encryption: s3.BucketEncryption.S3_MANAGED }),
      lifecycleRules: [
        // without a prefix, so that images under an earlier prefix expire as well
        { expiration, abortIncompleteMultipartUploadAfter: Duration.days(1) },
        ...(hasUploads ? [{ prefix: `${prefix}${UPLOAD_FOLDER}`, expiration: Duration.days(UPLOAD_EXPIRATION_DAYS) }] : []),
      ],
      ...(corsOrigins.length > 0 && { cors: [corsRule(corsOrigins, hasUploads)] }),
      removalPolicy,
      ...(autoDeleteObjects && { autoDeleteObjects: true }),
      serverAccessLogsBucket,
      serverAccessLogsPrefix,
    });
    // a retained bucket keeps the policy that requires TLS
    bucket.policy?.applyRemovalPolicy(removalPolicy);
    return bucket;
  }
}

/** Whether a bucket of this app is encrypted with the KMS key that AWS manages for S3, which the bucket does not have as its key. */
function isEncryptedByKms(bucket: s3.IBucket | undefined): boolean {
  const { bucketEncryption } = (bucket?.node.defaultChild ?? {}) as Partial<s3.CfnBucket>;
  return bucket?.encryptionKey === undefined && JSON.stringify(bucketEncryption ?? '').includes('"aws:kms');
}

const KEY_NAME = "the key of the bucket in 'storage'";

/** Uses a bucket of the user. */
export class ExistingBucket implements BucketSource {
  constructor(private readonly bucket: s3.IBucket) {}

  public validate({ stackRegion }: ValidationContext): string[] {
    return [
      ...arnPartitionProblems("the bucket of 'storage'", this.bucket.bucketArn, stackRegion),
      ...keyProblems(KEY_NAME, this.bucket.encryptionKey, stackRegion),
    ];
  }

  public bind(scope: Construct, _id: string, { expiration, hasUploads, prefix }: ImageBucketOptions): s3.IBucket {
    const { account, region } = Stack.of(scope);
    const { bucket } = this;
    const keyAccount = bucket.encryptionKey?.env.account;
    throwProblems('GenAiImageApi', scope.node.path, sameRegion('storage', bucket.env.region, region));
    if (areKnownToDiffer(bucket.env.account, account)) warnBucketAccount(scope, bucket.env.account, account);
    else if (areKnownToDiffer(keyAccount, account)) warnKeyAccount(scope, KEY_NAME, keyAccount!, account);
    const days = expiration.isUnresolved() ? undefined : expiration.toDays();
    if (bucket.node.defaultChild instanceof s3.CfnBucket) warnBucketLifecycle(scope, bucket.node.defaultChild, prefix, days);
    if (isImported(bucket)) {
      noteImportedBucket(scope, { prefix, days, ...(hasUploads && { uploadPrefix: `${prefix}${UPLOAD_FOLDER}` }), isKeyKnown: bucket.encryptionKey !== undefined });
    }
    return this.bucket;
  }
}

/** Allows web pages to read image pixels on a canvas, which `<img>` does not need, and to upload images with a form. */
function corsRule(corsOrigins: readonly string[], hasUploads: boolean): s3.CorsRule {
  const allowedMethods = [s3.HttpMethods.GET, s3.HttpMethods.HEAD, ...(hasUploads ? [s3.HttpMethods.POST] : [])];
  return { allowedMethods, allowedOrigins: [...corsOrigins], allowedHeaders: ['*'], maxAge: 3600 };
}
