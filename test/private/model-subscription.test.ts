import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ImageModel, ModelFamily } from '../../src';
import { asList, HOME, imageApi, ofType, Statement, testStack } from '../stack';

function granted(model?: ImageModel): Statement[] {
  const stack = testStack(HOME);
  const role = new iam.Role(stack, 'Operator', { assumedBy: new iam.AccountRootPrincipal() });
  expect(imageApi({ model }, stack).grantModelSubscription(role).success).toBe(true);
  return ofType(Template.fromStack(stack), 'AWS::IAM::Policy').filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('Operator'))
    .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement);
}

describe('grantModelSubscription', () => {
  it('allows to subscribe to the product of this model only', () => {
    const [subscribe] = granted(ImageModel.STABLE_IMAGE_ULTRA).filter(({ Action }) => asList(Action).includes('aws-marketplace:Subscribe'));
    expect(subscribe).toEqual({
      Effect: 'Allow',
      Action: 'aws-marketplace:Subscribe',
      Resource: '*',
      Condition: { 'ForAnyValue:StringEquals': { 'aws-marketplace:ProductId': ['prod-7boen2z2wnxrg'] } },
    });
  });

  it('allows what subscribing by command line takes, and no unsubscribing', () => {
    expect(granted().flatMap(({ Action }) => asList(Action)).sort()).toEqual([
      'aws-marketplace:Subscribe', 'aws-marketplace:ViewSubscriptions',
      'bedrock:CreateFoundationModelAgreement', 'bedrock:GetFoundationModelAvailability', 'bedrock:ListFoundationModelAgreementOffers',
    ]);
  });

  it('has no condition where the product is not known', () => {
    expect(granted(ImageModel.of('vendor.new-v1:0', { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' })).filter(({ Condition }) => Condition)).toEqual([]);
  });
});
