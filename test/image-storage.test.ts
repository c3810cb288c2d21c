import { CfnParameter, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ImageStorage, type ManagedImageStorageOptions } from '../src';
import { asList, handlerConfiguration, HOME, imageApi, only, roleStatements, type Statement, synth, testApp, testStack, textOf } from './helpers/stack';

const lifecycle = (storage?: ImageStorage, stack = testStack(HOME)) =>
  only<{ LifecycleConfiguration: { Rules: unknown[] } }>(synth({ storage }, stack), 'AWS::S3::Bucket').LifecycleConfiguration.Rules;

/** Returns the ARNs of objects that the handler can write. */
const objectResources = (statements: Statement[]) =>
  statements.filter(({ Action }) => asList(Action).includes('s3:PutObject')).map(({ Resource }) => textOf(Resource));

describe('ImageStorage.managed()', () => {
  const template = synth();

  it('creates a private, encrypted bucket without object ACLs', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      VersioningConfiguration: Match.absent(),
      CorsConfiguration: Match.absent(),
    });
  });

  it('denies requests without TLS', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
    });
  });

  it('expires images after 30 days and aborts incomplete multipart uploads after one day', () => {
    expect(lifecycle()).toEqual([
      { ExpirationInDays: 30, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
    ]);
  });

  it('applies the expiration to all objects, so that images under an earlier prefix expire as well, and the prefix to permissions', () => {
    const storage = ImageStorage.managed({ prefix: 'a/b', expiration: Duration.days(7) });
    expect(lifecycle(storage)).toEqual([{ ExpirationInDays: 7, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' }]);
    expect(objectResources(roleStatements(synth({ storage })))).toEqual([expect.stringMatching(/^<ImagesBucket\w+\.Arn>\/a\/b\/\*$/)]);
  });

  it('uses the whole bucket with an empty prefix', () => {
    const all = synth({ storage: ImageStorage.managed({ prefix: '' }) });
    expect(objectResources(roleStatements(all))).toEqual([expect.stringMatching(/^<ImagesBucket\w+\.Arn>\/\*$/)]);
    all.hasResourceProperties('AWS::S3::Bucket', { LifecycleConfiguration: { Rules: [Match.objectLike({ Prefix: Match.absent() })] } });
  });

  it('accepts an expiration that is only known at deployment', () => {
    const stack = testStack(HOME);
    const days = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
    expect(lifecycle(ImageStorage.managed({ expiration: Duration.days(days) }), stack)).toEqual([expect.objectContaining({ ExpirationInDays: { Ref: 'Days' } })]);
  });

  it('has prefix and expiration as attributes', () => {
    expect(ImageStorage.managed()).toMatchObject({ prefix: 'images/', expiration: Duration.days(30) });
    expect(ImageStorage.managed({ prefix: 'a', expiration: Duration.days(1) })).toMatchObject({ prefix: 'a/', expiration: Duration.days(1) });
  });

  it.each([Duration.days(0), Duration.days(3651), Duration.hours(36)])('fails for an expiration of %s', (expiration) => {
    expect(() => imageApi({ storage: ImageStorage.managed({ expiration }) })).toThrow("'storage.expiration' must be");
  });

  it.each(['/a', 'a/../b', 'a*', 'a?'])('fails for the prefix %p', (prefix) => {
    expect(() => imageApi({ storage: ImageStorage.managed({ prefix }) })).toThrow("'storage.prefix' must");
  });

  it('allows the origins to read objects', () => {
    synth({ corsOrigins: ['https://a.example', 'https://b.example'] }).hasResourceProperties('AWS::S3::Bucket', {
      CorsConfiguration: { CorsRules: [Match.objectLike({ AllowedMethods: ['GET', 'HEAD'], AllowedOrigins: ['https://a.example', 'https://b.example'] })] },
    });
  });

  it('deletes the objects with the bucket only if autoDeleteObjects and removalPolicy are set', () => {
    const storage = ImageStorage.managed({ autoDeleteObjects: true });
    synth({ removalPolicy: RemovalPolicy.DESTROY }).resourceCountIs('Custom::S3AutoDeleteObjects', 0);
    synth({ storage, removalPolicy: RemovalPolicy.DESTROY }).resourceCountIs('Custom::S3AutoDeleteObjects', 1);
    expect(() => imageApi({ storage })).toThrow(
      "'storage.autoDeleteObjects' needs the bucket to be deleted with the stack; set 'removalPolicy' to RemovalPolicy.DESTROY");
  });
});

describe('server access logs', () => {
  const logged = (options: Omit<ManagedImageStorageOptions, 'serverAccessLogsBucket'> = {}, bucketProps: s3.BucketProps = {}) => {
    const stack = testStack(HOME, testApp({ '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true }));
    const serverAccessLogsBucket = new s3.Bucket(stack, 'Logs', bucketProps);
    return synth({ storage: ImageStorage.managed({ serverAccessLogsBucket, ...options }) }, stack);
  };

  it('are off by default', () => {
    synth().hasResourceProperties('AWS::S3::Bucket', { LoggingConfiguration: Match.absent() });
  });

  it('are delivered to the given bucket under the prefix, which allows it', () => {
    const template = logged({ serverAccessLogsPrefix: 's3/' });
    template.hasResourceProperties('AWS::S3::Bucket', {
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      LoggingConfiguration: { DestinationBucketName: { Ref: Match.stringLikeRegexp('^Logs') }, LogFilePrefix: 's3/' },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: Match.stringLikeRegexp('^Logs') },
      PolicyDocument: { Statement: [Match.objectLike({ Action: 's3:PutObject', Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' } })] },
    });
  });

  it('can be delivered to a bucket of another stack, without a dependency cycle', () => {
    const app = testApp({ '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true });
    const serverAccessLogsBucket = new s3.Bucket(new Stack(app, 'Shared', { env: HOME }), 'Logs');
    synth({ storage: ImageStorage.managed({ serverAccessLogsBucket }) }, testStack(HOME, app)).hasResourceProperties('AWS::S3::Bucket', { LoggingConfiguration: Match.anyValue() });
  });

  it('fail with a prefix but no bucket, and with a bucket that has a KMS key', () => {
    expect(() => imageApi({ storage: ImageStorage.managed({ serverAccessLogsPrefix: 's3/' }) })).toThrow(
      "'storage.serverAccessLogsPrefix' has no effect without 'storage.serverAccessLogsBucket'");
    expect(() => logged({}, { encryption: s3.BucketEncryption.KMS })).toThrow(
      "'storage.serverAccessLogsBucket' must not have a KMS key, because S3 delivers access logs to buckets with S3 managed keys only");
  });
});

describe('ImageStorage.existing()', () => {
  it('does not change the bucket, and grants permissions under the prefix only', () => {
    const stack = testStack(HOME);
    const bucket = s3.Bucket.fromBucketName(stack, 'Existing', 'their-bucket');
    const template = synth({ storage: ImageStorage.existing(bucket, { prefix: 'ai', expiration: Duration.days(3) }), corsOrigins: ['https://a.example'] }, stack);
    template.resourceCountIs('AWS::S3::Bucket', 0);
    template.resourceCountIs('AWS::S3::BucketPolicy', 0);
    expect(objectResources(roleStatements(template))).toEqual(['arn:<AWS::Partition>:s3:::their-bucket/ai/*']);
    expect(handlerConfiguration(template)).toMatchObject({ bucket: 'their-bucket', prefix: 'ai/', expirationDays: 3 });
  });

  it('fails if the bucket is in another Region, where the handler cannot store images', () => {
    const stack = testStack(HOME);
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Existing', { bucketName: 'their-bucket', region: 'eu-west-1' });
    expect(() => imageApi({ storage: ImageStorage.existing(bucket) }, stack))
      .toThrow("'storage' must be a bucket in the Region of the stack, us-west-2, got one in eu-west-1");
  });

  it('grants the use of the key of the bucket', () => {
    const stack = testStack(HOME);
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-west-2:111122223333:key/0f3b8a2c-5d4e-4f6a-9b7c-1d2e3f405162');
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Existing', { bucketName: 'their-bucket', encryptionKey });
    const keyStatements = roleStatements(synth({ storage: ImageStorage.existing(bucket) }, stack)).filter(({ Action }) => asList(Action)[0].startsWith('kms:'));
    expect(keyStatements).toEqual([
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: 'arn:aws:kms:us-west-2:111122223333:key/0f3b8a2c-5d4e-4f6a-9b7c-1d2e3f405162' },
    ]);
  });

  it('is the attribute bucket of the API', () => {
    const stack = testStack(HOME);
    const bucket = s3.Bucket.fromBucketName(stack, 'Existing', 'their-bucket');
    expect(imageApi({ storage: ImageStorage.existing(bucket) }, stack).bucket).toBe(bucket);
  });
});
