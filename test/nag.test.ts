import * as fs from 'node:fs';
import * as path from 'node:path';
import { type App, type CfnResource, Stack, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ApiAuth, ContentGuardrail, type GenAiImageApi, ImageEdits, ImageModel, ImageStorage, TextModel } from '../src';
import { reasonFor } from './helpers/security/accepted';
import { HOME, imageApi, testStack } from './helpers/stack';

const rules = (stack: Stack) => new AwsSolutionsChecks().validateScope(stack).violations.map(({ ruleName }) => ruleName).sort();

/** Reasons for the findings that users acknowledge. docs/security.md lists them. */
const REASONS = Object.fromEntries(['S1', 'DDB3', 'APIG3', 'APIG6', 'COG4'].map((rule) => [`AwsSolutions-${rule}`, reasonFor(`AwsSolutions-${rule}`, 'default')]));
const API_KEY_REASON = reasonFor('AwsSolutions-APIG4', 'hardened');

function acknowledge(api: GenAiImageApi): void {
  for (const [id, reason] of Object.entries(REASONS)) Validations.of(api).acknowledge({ id, reason });
  const bucket = api.bucket.node.defaultChild as CfnResource | undefined;
  const arn = bucket ? `<${Stack.of(bucket).getLogicalId(bucket)}.Arn>` : `arn:<AWS::Partition>:s3:::${api.bucket.bucketName}`;
  api.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, {
    [`AwsSolutions-IAM5[Resource::${arn}/images/*]`]: 'the names of objects under the prefix are not known before they are generated',
  });
}

describe('the rules AwsSolutions of cdk-nag', () => {
  it('have a reason for each finding in the default API', () => {
    const stack = testStack(HOME);
    acknowledge(imageApi({}, stack));
    expect(rules(stack)).toEqual([]);
  });

  it.each<[string, (stack: Stack) => s3.IBucket]>([
    ['an imported bucket', (stack) => s3.Bucket.fromBucketName(stack, 'Imported', 'my-bucket')],
    ['a bucket of another stack', (stack) => new s3.Bucket(new Stack(stack.node.root as App, 'Other', { env: HOME }), 'Bucket')],
  ])('have a reason for each finding with %s', (_case, bucket) => {
    const stack = testStack(HOME);
    acknowledge(imageApi({ storage: ImageStorage.existing(bucket(stack)) }, stack));
    expect(rules(stack)).toEqual([]);
  });

  it('have no other findings with additional models, edits, a text model and a guardrail', () => {
    const stack = testStack(HOME);
    acknowledge(imageApi({
      additionalModels: [
        ImageModel.STABLE_IMAGE_ULTRA,
        ImageModel.sageMakerEndpoint('painter'),
        ImageModel.inferenceProfile('global.amazon.nova-2-omni-v1:0', { region: 'us-east-1' }),
        ImageModel.provisioned('arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456', { modelId: 'amazon.nova-canvas-v1:0' }),
      ],
      edits: ImageEdits.all(),
      textModel: TextModel.NOVA_2_LITE,
      promptPolicy: { guardrail: ContentGuardrail.existing('abc123', { version: '1' }) },
    }, stack));
    expect(rules(stack)).toEqual([]);
  });

  it('have one other finding with API keys', () => {
    const stack = testStack(HOME);
    const api = imageApi({ auth: ApiAuth.apiKey({ clients: ['web'] }) }, stack);
    acknowledge(api);
    expect(new Set(rules(stack))).toEqual(new Set(['AwsSolutions-APIG4']));
    Validations.of(api).acknowledge({ id: 'AwsSolutions-APIG4', reason: API_KEY_REASON });
    expect(rules(stack)).toEqual([]);
  });

  it('have a finding for each reason', () => {
    const stack = testStack(HOME);
    imageApi({}, stack);
    expect([...new Set(rules(stack))]).toEqual([
      'AwsSolutions-APIG3', 'AwsSolutions-APIG6', 'AwsSolutions-COG4', 'AwsSolutions-DDB3', expect.stringMatching(/^AwsSolutions-IAM5\[Resource::<ImagesBucket\w+\.Arn>\/images\/\*\]$/), 'AwsSolutions-S1',
    ]);
  });

  it('have their reasons in docs/security.md', () => {
    const page = fs.readFileSync(path.join(__dirname, '..', 'docs', 'security.md'), 'utf8');
    for (const [id, reason] of Object.entries({ ...REASONS, 'AwsSolutions-APIG4': API_KEY_REASON })) expect(page).toContain(`'${id}': '${reason}'`);
  });

  it('have a finding for a bucket without TLS', () => {
    const stack = testStack(HOME);
    new s3.Bucket(stack, 'Open');
    expect(rules(stack)).toContain('AwsSolutions-S10');
  });
});
