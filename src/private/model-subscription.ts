import * as iam from 'aws-cdk-lib/aws-iam';
import { ImageModel } from '../image-model';

/**
 * What it takes to subscribe an account to a model, by calling it once or by
 * `aws bedrock create-foundation-model-agreement`. Neither service has resources that these actions could be narrowed to,
 * hence '*'. `aws-marketplace:Unsubscribe` is left out: it would reach every subscription of the account.
 */
export function grantSubscription(grantee: iam.IGrantable, model: ImageModel): iam.Grant {
  const { marketplaceProductId } = model;
  const subscribe = iam.Grant.addToPrincipal({
    grantee,
    actions: ['aws-marketplace:Subscribe'],
    resourceArns: ['*'],
    ...(marketplaceProductId && {
      conditions: { 'ForAnyValue:StringEquals': { 'aws-marketplace:ProductId': [marketplaceProductId] } },
    }),
  });
  return subscribe.combine(iam.Grant.addToPrincipal({
    grantee,
    actions: [
      'aws-marketplace:ViewSubscriptions',
      'bedrock:CreateFoundationModelAgreement',
      'bedrock:GetFoundationModelAvailability',
      'bedrock:ListFoundationModelAgreementOffers',
    ],
    resourceArns: ['*'],
  }));
}
