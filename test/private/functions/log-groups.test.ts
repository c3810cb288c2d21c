import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Delivery } from '../../../src';
import { HOME, imageApi, ofType, only, type Statement, synth, testStack, textOf } from '../../helpers/stack';

const IMPORTED = 'arn:aws:kms:us-west-2:111122223333:key/0f3b8a2c-5d4e-4f6a-9b7c-1d2e3f405162';

describe('an encryptionKey of the app', () => {
  const stack = testStack(HOME);
  const template = synth({ encryptionKey: new kms.Key(stack, 'Key') }, stack);

  it('encrypts bucket, table and both logs', () => {
    const keyArn = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn } }],
      },
    });
    template.hasResourceProperties('AWS::DynamoDB::Table', { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn } });
    template.resourceCountIs('AWS::Logs::LogGroup', 2);
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: keyArn });
  });

  it('allows CloudWatch Logs to use it for log groups of the account and Region', () => {
    const { KeyPolicy } = only<{ KeyPolicy: { Statement: Statement[] } }>(template, 'AWS::KMS::Key');
    const statement = KeyPolicy.Statement.find(({ Principal }) => JSON.stringify(Principal).includes('logs.'));
    expect(textOf((statement?.Principal as { Service: unknown }).Service)).toBe('logs.us-west-2.<AWS::URLSuffix>');
    const { ArnLike } = statement?.Condition as { ArnLike: Record<string, unknown> };
    expect(textOf(ArnLike['kms:EncryptionContext:aws:logs:arn'])).toBe('arn:<AWS::Partition>:logs:us-west-2:111122223333:log-group:*');
  });

  it('adds no warning', () => Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue()));
});

describe('an imported encryptionKey', () => {
  it('adds a warning that its policy must allow CloudWatch Logs', () => {
    const stack = testStack(HOME);
    imageApi({ encryptionKey: kms.Key.fromKeyArn(stack, 'Key', IMPORTED) }, stack);
    Annotations.fromStack(stack).hasWarning('/Stack/Images', Match.stringLikeRegexp('must allow the service logs.*cdk-genai-image-api:logKeyPolicy'));
  });
});

describe('without an encryptionKey', () => {
  it('table and logs are encrypted with keys that AWS owns', () => {
    const template = synth();
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.absent() });
    template.hasResourceProperties('AWS::DynamoDB::Table', { SSESpecification: Match.absent() });
  });
});

it('the functions use the log format Text, in which CloudWatch reads metrics from lines as they are written', () => {
  const functions = ofType(synth({ delivery: Delivery.queued() }), 'AWS::Lambda::Function');
  expect(functions).toHaveLength(2);
  // Text is the default of Lambda
  for (const { Properties } of functions) expect(Object.keys(Properties.LoggingConfig as object)).toEqual(['LogGroup']);
});
