import { CfnParameter, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ImageStorage } from '../src';
import { asList, HOME, imageApi, only, roleStatements, Statement, synth, testStack, textOf } from './helpers/stack';

const lifecycle = (storage?: ImageStorage, stack = testStack(HOME)) =>
  only<{ LifecycleConfiguration: { Rules: unknown[] } }>(synth({ storage }, stack), 'AWS::S3::Bucket').LifecycleConfiguration.Rules;

const objectResources = (statements: Statement[]) =>
  statements.filter(({ Action }) => asList(Action).includes('s3:PutObject')).map(({ Resource }) => textOf(Resource));

describe('managed', () => {
  const template = synth();

  it('is private, owned and encrypted', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      VersioningConfiguration: Match.absent(),
      CorsConfiguration: Match.absent(),
    });
  });

  it('refuses requests without TLS', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
    });
  });

  it('expires images after 30 days and gives up unfinished uploads after one', () => {
    expect(lifecycle()).toEqual([
      { Prefix: 'images/', ExpirationInDays: 30, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
    ]);
  });

  it('takes prefix and expiration, for lifecycle and permissions alike', () => {
    const storage = ImageStorage.managed({ prefix: 'a/b', expiration: Duration.days(7) });
    expect(lifecycle(storage)).toEqual([expect.objectContaining({ Prefix: 'a/b/', ExpirationInDays: 7 })]);
    expect(objectResources(roleStatements(synth({ storage })))).toEqual([expect.stringMatching(/^<ImagesBucket\w+\.Arn>\/a\/b\/\*$/)]);
  });

  it('takes the whole bucket with an empty prefix', () => {
    const all = synth({ storage: ImageStorage.managed({ prefix: '' }) });
    expect(objectResources(roleStatements(all))).toEqual([expect.stringMatching(/^<ImagesBucket\w+\.Arn>\/\*$/)]);
    all.hasResourceProperties('AWS::S3::Bucket', { LifecycleConfiguration: { Rules: [Match.objectLike({ Prefix: Match.absent() })] } });
  });

  it('takes tokens', () => {
    const stack = testStack(HOME);
    const days = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
    expect(lifecycle(ImageStorage.managed({ expiration: Duration.days(days) }), stack)).toEqual([expect.objectContaining({ ExpirationInDays: { Ref: 'Days' } })]);
  });

  it.each([Duration.days(0), Duration.days(3651), Duration.hours(36)])('fails for an expiration of %s', (expiration) => {
    expect(() => imageApi({ storage: ImageStorage.managed({ expiration }) })).toThrow("'storage.expiration' must be");
  });

  it.each(['/a', 'a/../b', 'a*', 'a?'])('fails for the prefix %p', (prefix) => {
    expect(() => imageApi({ storage: ImageStorage.managed({ prefix }) })).toThrow("'storage.prefix' must");
  });

  it('gives the origins CORS for reading', () => {
    synth({ corsOrigins: ['https://a.example', 'https://b.example'] }).hasResourceProperties('AWS::S3::Bucket', {
      CorsConfiguration: { CorsRules: [Match.objectLike({ AllowedMethods: ['GET', 'HEAD'], AllowedOrigins: ['https://a.example', 'https://b.example'] })] },
    });
  });

  it('is emptied on deletion only when asked for, and only where it is deleted', () => {
    const storage = ImageStorage.managed({ autoDeleteObjects: true });
    synth({ removalPolicy: RemovalPolicy.DESTROY }).resourceCountIs('Custom::S3AutoDeleteObjects', 0);
    synth({ storage, removalPolicy: RemovalPolicy.DESTROY }).resourceCountIs('Custom::S3AutoDeleteObjects', 1);
    expect(() => imageApi({ storage })).toThrow("'storage.autoDeleteObjects' needs");
  });
});

describe('existing', () => {
  it('gets permissions under the prefix and nothing else', () => {
    const stack = testStack(HOME);
    const bucket = s3.Bucket.fromBucketName(stack, 'Theirs', 'their-bucket');
    const template = synth({ storage: ImageStorage.existing(bucket, { prefix: 'ai', expiration: Duration.days(3) }), corsOrigins: ['https://a.example'] }, stack);
    template.resourceCountIs('AWS::S3::Bucket', 0);
    template.resourceCountIs('AWS::S3::BucketPolicy', 0);
    expect(objectResources(roleStatements(template))).toEqual(['arn:<AWS::Partition>:s3:::their-bucket/ai/*']);
    expect(textOf(only<{ Environment: { Variables: { GENAI_IMAGE_API: unknown } } }>(template, 'AWS::Lambda::Function').Environment.Variables.GENAI_IMAGE_API))
      .toContain('"bucket":"their-bucket","prefix":"ai/"');
  });

  it('fails when the bucket is in another region, where nothing could be stored', () => {
    const stack = testStack(HOME);
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Theirs', { bucketName: 'their-bucket', region: 'eu-west-1' });
    expect(() => imageApi({ storage: ImageStorage.existing(bucket) }, stack))
      .toThrow("'storage' must be a bucket in the region of the stack, us-west-2, got one in eu-west-1");
  });

  it('may use the key of the bucket', () => {
    const stack = testStack(HOME);
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-west-2:111122223333:key/0f3b8a2c-5d4e-4f6a-9b7c-1d2e3f405162');
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Theirs', { bucketName: 'their-bucket', encryptionKey });
    const keyStatements = roleStatements(synth({ storage: ImageStorage.existing(bucket) }, stack)).filter(({ Action }) => asList(Action)[0].startsWith('kms:'));
    expect(keyStatements).toEqual([
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: 'arn:aws:kms:us-west-2:111122223333:key/0f3b8a2c-5d4e-4f6a-9b7c-1d2e3f405162' },
    ]);
  });

  it('is the value that the construct shows', () => {
    const stack = testStack(HOME);
    const bucket = s3.Bucket.fromBucketName(stack, 'Theirs', 'their-bucket');
    expect(imageApi({ storage: ImageStorage.existing(bucket) }, stack).bucket).toBe(bucket);
  });
});
