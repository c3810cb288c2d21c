import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ApiAuth, Delivery, ImageStorage } from '../../../src';
import { HOME, imageApi, ofType, synth, testStack } from '../../helpers/stack';

const KEY_ARN = 'arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

describe('an alias as encryption key', () => {
  it.each([
    ['a new alias', (stack: ReturnType<typeof testStack>) => new kms.Key(stack, 'Key').addAlias('images')],
    ['an imported alias with its key', (stack: ReturnType<typeof testStack>) => kms.Alias.fromAliasAttributes(stack, 'Alias', {
      aliasName: 'alias/images', aliasTargetKey: kms.Key.fromKeyArn(stack, 'Key', KEY_ARN),
    })],
  ])('is replaced by its key in policies and log groups, for %s', (_case, key) => {
    const stack = testStack(HOME);
    const template = synth({ encryptionKey: key(stack), auth: ApiAuth.apiKey({ clients: ['web'] }), delivery: Delivery.queued() }, stack);
    const used = ['AWS::IAM::Policy', 'AWS::Logs::LogGroup', 'AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::SQS::Queue'].flatMap((type) => ofType(template, type));
    for (const { Properties } of ofType(template, 'AWS::Logs::LogGroup')) expect(Properties.KmsKeyId).toBeDefined();
    expect(JSON.stringify(ofType(template, 'AWS::IAM::Policy'))).toContain('kms:Decrypt');
    expect(JSON.stringify(used)).not.toContain('alias');
  });

  it('fails if its key is not known', () => {
    const stack = testStack(HOME);
    const encryptionKey = kms.Alias.fromAliasName(stack, 'Alias', 'alias/images');
    expect(() => imageApi({ encryptionKey }, stack)).toThrow(
      "'encryptionKey' must be a key, got the alias 'alias/images' whose key is not known; write kms.Key.fromKeyArn(), kms.Key.fromLookup(), "
      + 'or kms.Alias.fromAliasAttributes() with aliasTargetKey');
  });
});

describe('an alias as key of an existing bucket', () => {
  it('is replaced by its key in the policy of the function', () => {
    const stack = testStack(HOME);
    const encryptionKey = new kms.Key(stack, 'Key').addAlias('images');
    const bucket = new s3.Bucket(stack, 'Existing', { encryption: s3.BucketEncryption.KMS, encryptionKey });
    imageApi({ storage: ImageStorage.existing(bucket) }, stack);
    const policies = JSON.stringify(ofType(Template.fromStack(stack), 'AWS::IAM::Policy'));
    expect(policies).toContain('kms:GenerateDataKey');
    expect(policies).not.toContain('alias');
  });

  it('fails if its key is not known', () => {
    const stack = testStack(HOME);
    const encryptionKey = kms.Alias.fromAliasName(stack, 'Alias', 'alias/images');
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Existing', { bucketName: 'existing', encryptionKey });
    expect(() => imageApi({ storage: ImageStorage.existing(bucket) }, stack)).toThrow("the key of the bucket in 'storage' must be a key, got the alias 'alias/images'");
  });
});
