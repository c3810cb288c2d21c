import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type GenAiImageApiProps, ImageEdits, ImageModel, ModelFamily, TextModel } from '../../../src';
import { asList, HOME, imageApi, ofType, type Statement, testStack } from '../../helpers/stack';

const UNKNOWN = ImageModel.of('vendor.new-v1:0', { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' });

/** Returns the statements that the grantee gets. */
function granted(props: GenAiImageApiProps = {}, success = true): Statement[] {
  const stack = testStack(HOME);
  const role = new iam.Role(stack, 'Operator', { assumedBy: new iam.AccountRootPrincipal() });
  expect(imageApi(props, stack).grantModelSubscription(role).success).toBe(success);
  return ofType(Template.fromStack(stack), 'AWS::IAM::Policy').filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('Operator'))
    .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement);
}

const products = (props: GenAiImageApiProps) => granted(props).filter(({ Action }) => asList(Action).includes('aws-marketplace:Subscribe')).map(({ Condition }) => Condition);

describe('grantModelSubscription', () => {
  it('allows subscribing to the product of the model only', () => {
    const [subscribe] = granted({ model: ImageModel.STABLE_IMAGE_ULTRA }).filter(({ Action }) => asList(Action).includes('aws-marketplace:Subscribe'));
    expect(subscribe).toEqual({
      Effect: 'Allow',
      Action: 'aws-marketplace:Subscribe',
      Resource: '*',
      Condition: { 'ForAnyValue:StringEquals': { 'aws-marketplace:ProductId': ['prod-7boen2z2wnxrg'] } },
    });
  });

  it('allows the actions that subscribing with the AWS CLI needs, and not unsubscribing', () => {
    expect(granted().flatMap(({ Action }) => asList(Action)).sort()).toEqual([
      'aws-marketplace:Subscribe', 'aws-marketplace:ViewSubscriptions',
      'bedrock:CreateFoundationModelAgreement', 'bedrock:GetFoundationModelAvailability', 'bedrock:ListFoundationModelAgreementOffers',
    ]);
  });

  it('allows subscribing to the products of all models', () => {
    expect(products({ additionalModels: [ImageModel.STABLE_IMAGE_ULTRA], textModel: TextModel.NOVA_2_LITE })).toEqual([
      { 'ForAnyValue:StringEquals': { 'aws-marketplace:ProductId': ['prod-eacdrmv7zfc5e', 'prod-7boen2z2wnxrg'] } },
    ]);
  });

  it.each<[string, GenAiImageApiProps]>([
    ['model', { model: UNKNOWN }],
    ['additionalModels', { additionalModels: [UNKNOWN] }],
    ['additionalModels, where AWS publishes the id of a listing,', { additionalModels: [ImageModel.SD3_5_LARGE] }],
    ['edits', { edits: ImageEdits.all() }],
    ['textModel', { textModel: TextModel.of('vendor.talks-v1') }],
  ])('allows subscribing to any product if a product of %s is not known', (_case, props) => expect(products(props)).toEqual([undefined]));

  it('allows nothing if no model needs a subscription', () => {
    expect(granted({ model: ImageModel.sageMakerEndpoint('painter'), textModel: TextModel.NOVA_LITE }, false)).toEqual([]);
  });
});
