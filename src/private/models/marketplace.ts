import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/** An AWS Marketplace subscription that an account needs before it can call a model. */
export interface Subscription {
  /** Names the models in messages. */
  readonly label: string;
  /** Undefined if AWS has not published the product id. */
  readonly productId?: string;
}

/** Providers whose models Bedrock offers without a subscription, by the first part of the model id. */
const PROVIDERS_WITHOUT_SUBSCRIPTION = ['amazon', 'deepseek', 'meta', 'mistral', 'openai', 'qwen'];

/**
 * Prefix of the ids of AWS Marketplace listings. AWS's table of product ids contains one for Stable Diffusion 3.5 Large, but the condition
 * key `aws-marketplace:ProductId` has product ids, so a condition with it could deny the subscription.
 */
const LISTING_PREFIX = 'prodview-';

/** Returns the subscription that a model needs, if any. */
export function modelSubscription(modelId: string, productId?: string): Subscription | undefined {
  const product = productId?.startsWith(LISTING_PREFIX) ? {} : { productId };
  if (Token.isUnresolved(modelId)) return { label: 'a model whose id is only known at deployment', ...product };
  return PROVIDERS_WITHOUT_SUBSCRIPTION.includes(modelId.split('.')[0]) ? undefined : { label: `'${modelId}'`, ...product };
}

/**
 * Grants the permissions to subscribe an account to models, either by the first call of each model or by
 * `aws bedrock create-foundation-model-agreement`. Neither service has resources that could narrow these actions, hence '*'.
 * `aws-marketplace:Unsubscribe`, which AWS lists among the prerequisites, is not granted: subscribing does not call it, and it cannot be
 * restricted to products, so the grantee could end all subscriptions of the account.
 */
export function grantSubscription(grantee: iam.IGrantable, needed: readonly Subscription[]): iam.Grant {
  if (needed.length === 0) return iam.Grant.drop(grantee, 'no model needs a subscription');
  const productIds = needed.flatMap(({ productId }) => productId ?? []);
  const subscribe = iam.Grant.addToPrincipal({
    grantee,
    actions: ['aws-marketplace:Subscribe'],
    resourceArns: ['*'],
    // a condition without the id of one product would deny its subscription
    ...(productIds.length === needed.length && {
      conditions: { 'ForAnyValue:StringEquals': { 'aws-marketplace:ProductId': productIds } },
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
