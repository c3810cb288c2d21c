import { type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ContentGuardrail, Delivery, type GenAiImageApiProps, ImageEdits, ImageModel, TextModel } from '../../../src';
import { renderedLength } from '../../../src/private/functions/policy-size';
import { HOME, imageApi, testStack } from '../../helpers/stack';

const LARGE: GenAiImageApiProps = {
  edits: ImageEdits.all(), textModel: TextModel.NOVA_2_LITE, promptPolicy: { guardrail: ContentGuardrail.existing('abc123', { version: '1' }) },
};
const REGIONS = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1'];
const MORE = Array.from({ length: 6 }, (_, index) => ImageModel.inferenceProfile(`us.amazon.nova-2-omni-v${index}:0`, {
  region: 'us-east-1', destinationRegions: REGIONS, family: ImageModel.STABLE_IMAGE_CORE.family,
}));

/** Returns the messages of a failed synthesis. */
function synthesisError(stack: Stack): string {
  try {
    Template.fromStack(stack);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

describe('the validation of the size of role policies', () => {
  it('accepts all edits, a text model, a guardrail and a queue', () => {
    const stack = testStack(HOME);
    imageApi({ ...LARGE, delivery: Delivery.queued() }, stack);
    expect(synthesisError(stack)).toBe('');
  });

  it('fails at synthesis with the size, the quota and the remedy', () => {
    const stack = testStack(HOME);
    imageApi({ ...LARGE, additionalModels: MORE }, stack);
    expect(synthesisError(stack)).toMatch(/the inline policies of the role of 'Stack\/Images\/HandlerPolicy' have about 1\d{4} characters, but IAM allows 10240.*'additionalModels'.*second GenAiImageApi/);
  });

  it('counts the other inline policies of a role of this app', () => {
    const stack = testStack(HOME);
    const role = new iam.Role(stack, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Other: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: Array.from({ length: 150 }, (_, n) => `arn:aws:s3:::bucket/${n}/*`) })] }) },
    });
    imageApi({ ...LARGE, compute: { role } }, stack);
    expect(synthesisError(stack)).toContain('have about');
  });
});

describe('the rendered length of a policy', () => {
  it('is that of the JSON without white space', () => {
    const document = { Version: '2012-10-17', Statement: [{ Action: ['a:B', 'c:D'], Effect: 'Allow', Resource: '*' }] };
    expect(renderedLength(document)).toBe(JSON.stringify(document).length);
  });

  it('replaces intrinsic functions by texts of their likely length', () => {
    const arn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':bedrock:us-west-2:', { Ref: 'AWS::AccountId' }, ':guardrail/abc123']] };
    expect(renderedLength(arn)).toBe('"arn:aws:bedrock:us-west-2:111122223333:guardrail/abc123"'.length);
  });
});
