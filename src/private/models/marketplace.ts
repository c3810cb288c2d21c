import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ResolvedProps } from '../validation/resolve-props';

/** Something on AWS Marketplace that an account must be subscribed to before it can be called. */
export interface Subscription {
  /** For people. */
  readonly label: string;
  /** Absent: not known. */
  readonly productId?: string;
}

/** Providers whose models Bedrock offers without a subscription, by the first part of their ids. */
const WITHOUT_SUBSCRIPTION = ['amazon', 'deepseek', 'meta', 'mistral', 'openai', 'qwen'];

/** What the account must be subscribed to for all that is called. */
export function subscriptions({ model, additionalModels, edits, textModel }: ResolvedProps): Subscription[] {
  const images = [model, ...additionalModels].filter((each) => each._onDemand && isThirdParty(each.modelId));
  const text = textModel?.modelId;
  return [
    ...images.map(({ modelId, marketplaceProductId }) => ({ label: labelOf(modelId), productId: marketplaceProductId })),
    ...(edits ? [{ label: "the models of 'edits', which are one subscription" }] : []),
    ...(text !== undefined && isThirdParty(text) ? [{ label: labelOf(text) }] : []),
  ];
}

function isThirdParty(modelId: string): boolean {
  return Token.isUnresolved(modelId) || !WITHOUT_SUBSCRIPTION.includes(modelId.split('.')[0]);
}

function labelOf(modelId: string): string {
  return Token.isUnresolved(modelId) ? 'a model whose id is only known at deployment' : `'${modelId}'`;
}

/**
 * What it takes to subscribe an account to models, by calling each once or by
 * `aws bedrock create-foundation-model-agreement`. Neither service has resources that these actions could be narrowed to,
 * hence '*'. `aws-marketplace:Unsubscribe` is left out: it would reach every subscription of the account.
 */
export function grantSubscription(grantee: iam.IGrantable, needed: readonly Subscription[]): iam.Grant {
  if (needed.length === 0) return iam.Grant.drop(grantee, 'no model needs a subscription');
  const productIds = needed.flatMap(({ productId }) => productId ?? []);
  const subscribe = iam.Grant.addToPrincipal({
    grantee,
    actions: ['aws-marketplace:Subscribe'],
    resourceArns: ['*'],
    // a condition that misses one product would forbid it
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
