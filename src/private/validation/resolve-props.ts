import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { computeProblems, ResolvedCompute, resolveCompute } from './compute';
import { limitProblems, resolveLimits } from './limits';
import { origins, secondsInRange, throwProblems } from './rules';
import { ApiAuth } from '../../api-auth';
import { ApiRoutes } from '../../api-routes';
import { Delivery } from '../../delivery';
import { GenAiImageApiProps } from '../../genai-image-api-props';
import { ImageModel } from '../../image-model';
import { ImageStorage } from '../../image-storage';
import { LimitOptions } from '../../limits';
import { routeProblems } from '../gateway/route-selection';

/** The props with defaults filled in. */
export interface ResolvedProps extends GenAiImageApiProps {
  readonly model: ImageModel;
  readonly additionalModels: ImageModel[];
  readonly auth: ApiAuth;
  readonly routes: ApiRoutes[];
  readonly corsOrigins: string[];
  readonly limits: Required<LimitOptions>;
  readonly delivery: Delivery;
  readonly presignTtl: Duration;
  readonly storage: ImageStorage;
  readonly removalPolicy: RemovalPolicy;
  readonly compute: ResolvedCompute;
}

/** Reports all that is wrong with the props at once, then fills in what is missing. */
export function resolveProps(scope: Construct, props: GenAiImageApiProps): ResolvedProps {
  const resolved: ResolvedProps = {
    ...props,
    model: props.model ?? ImageModel.STABLE_IMAGE_CORE,
    additionalModels: props.additionalModels ?? [],
    auth: props.auth ?? ApiAuth.iam(),
    routes: props.routes ?? [ApiRoutes.standard()],
    corsOrigins: props.corsOrigins ?? [],
    limits: resolveLimits(props.limits),
    delivery: props.delivery ?? Delivery.buffered(),
    presignTtl: props.presignTtl ?? Duration.hours(1),
    storage: props.storage ?? ImageStorage.managed(),
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    compute: resolveCompute(props.compute),
  };
  const stackRegion = Stack.of(scope).region;
  throwProblems('GenAiImageApi', scope.node.path, [
    ...modelProblems(resolved),
    ...resolved.textModel?._problems(stackRegion) ?? [],
    ...resolved.edits?._problems() ?? [],
    ...resolved.promptPolicy?._problems(resolved.model.region ?? stackRegion) ?? [],
    ...resolved.auth._problems(resolved.routes.some(({ _routes }) => _routes.some(({ bearer }) => bearer))),
    ...routeProblems(resolved),
    ...origins('corsOrigins', resolved.corsOrigins),
    ...limitProblems(resolved.limits),
    ...resolved.delivery._problems(),
    ...retentionProblems(resolved),
    ...presignTtlProblems(resolved.presignTtl),
    ...resolved.storage._problems(resolved.removalPolicy),
    ...computeProblems(resolved.compute),
  ]);
  return resolved;
}

/** Callers choose by id. */
function modelProblems({ model, additionalModels }: ResolvedProps): string[] {
  const ids = [model, ...additionalModels].map(({ modelId }) => modelId).filter((id) => !Token.isUnresolved(id));
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  return [...new Set(repeated)].map((id) => `'additionalModels' must hold each model once and not the one of 'model', got '${id}' more than once`);
}

function presignTtlProblems(presignTtl: Duration): string[] {
  return secondsInRange('presignTtl', presignTtl, {
    min: Duration.minutes(1),
    max: Duration.hours(12),
    remedy: 'store the image id and request a fresh url instead',
  });
}

/** A job that waits longer than its images are kept would be drawn for nothing. */
function retentionProblems({ delivery: { _queue: queue }, storage: { _expiration: expiration } }: ResolvedProps): string[] {
  if (!queue || queue.retention.isUnresolved() || expiration.isUnresolved()) return [];
  if (expiration.toSeconds() > queue.retention.toSeconds()) return [];
  return [`'expiration' of 'storage' must be longer than 'retention' of Delivery.queued() (${queue.retention.toHumanString()}), `
    + `or jobs are drawn whose images are gone, got ${expiration.toHumanString()}`];
}
