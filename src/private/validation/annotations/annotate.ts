import { type Duration, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { type IConstruct } from 'constructs';
import { noteAccessLogRole, noteImportedRole, warnKeyAccount } from './account-annotations';
import { bearerProblem, warnOpenAiAuth } from './auth-annotations';
import { noteModelSubscription, warnCrossRegion, warnGuardedUpscales } from './model-annotations';
import { warnIntegrationTimeout, warnLongPresignTtl, warnTracedPrompts, warnUnusedQueue } from './prop-annotations';
import { type ApiAuthBinding } from '../../../api-auth-binding';
import { LegacyMethod } from '../../../legacy-route-options';
import { type LimitOptions } from '../../../limits';
import { type Route } from '../../contract/routes';
import { exceedsGatewayQuota, integrationTimeout } from '../../gateway/integration-timeout';
import { createsJobs, type RouteSetBinding } from '../../gateway/route-selection';
import { type ModelBinding } from '../../models/binding';
import { type Subscription } from '../../models/marketplace';
import { type BudgetedModels, warnBudgetsBelowPrice } from '../budget';
import { areKnownToDiffer, isImported } from '../environments';

export interface AnnotatedModels {
  readonly bindings: readonly ModelBinding[];
  readonly subscriptions: readonly Subscription[];
  /** Edit operations whose images a guardrail evaluates. */
  readonly guardedOperations: readonly string[];
  readonly configuration: BudgetedModels;
}

export interface AnnotatedProps {
  readonly presignTtl: Duration;
  readonly compute: { readonly timeout: Duration; readonly tracing: lambda.Tracing; readonly role?: iam.IRole };
  readonly encryptionKey?: kms.IKey;
  readonly limits: LimitOptions;
  readonly routeSets: readonly RouteSetBinding[];
}

export interface Annotated {
  readonly models: AnnotatedModels;
  readonly props: AnnotatedProps;
  readonly auth: Omit<ApiAuthBinding, 'owner'>;
  readonly routes: readonly Route[];
  readonly hasQueue: boolean;
}

/** Adds the notes and warnings of an API. */
export function annotate(scope: IConstruct, { models, props, auth, routes, hasQueue }: Annotated): void {
  const { presignTtl, compute, encryptionKey, limits, routeSets } = props;
  const { account } = Stack.of(scope);
  const cause = routes.some(({ bearer }) => bearer) ? bearerProblem(auth) : undefined;
  if (cause !== undefined) warnOpenAiAuth(scope, cause);
  if (isImported(compute.role)) noteImportedRole(scope);
  if (encryptionKey && areKnownToDiffer(encryptionKey.env.account, account)) warnKeyAccount(scope, "'encryptionKey'", encryptionKey.env.account, account);
  warnCrossRegion(scope, models.bindings);
  noteModelSubscription(scope, models.subscriptions);
  noteAccessLogRole(scope);
  warnGuardedUpscales(scope, models.guardedOperations);
  const promptRoute = routeSets.find(({ legacy }) => legacy?.methods.includes(LegacyMethod.GET))?.legacy;
  if (promptRoute && compute.tracing !== lambda.Tracing.DISABLED) warnTracedPrompts(scope, promptRoute.path);
  if (hasQueue && !createsJobs(routeSets)) warnUnusedQueue(scope);
  warnLongPresignTtl(scope, presignTtl);
  warnBudgetsBelowPrice(scope, limits, models.configuration.models);
  if (exceedsGatewayQuota(compute.timeout)) warnIntegrationTimeout(scope, integrationTimeout(compute.timeout));
}
