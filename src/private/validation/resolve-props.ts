import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { warnMisspelledProp } from './annotations/prop-annotations';
import { computeProblems, type ResolvedCompute, resolveCompute } from './compute';
import { keyBehind, keyProblems } from './keys';
import { limitProblems, type ResolvedLimits, resolveLimits } from './limits';
import { networkProblems } from './network';
import { promptPolicyProblems } from './prompt-policy-rules';
import { misspelledProps, propTypeProblems } from './prop-types';
import { knownAtSynthesis, origins, repeated, secondsInRange, throwProblems } from './rules';
import { ApiAuth } from '../../api-auth';
import { ApiRoutes } from '../../api-routes';
import { Delivery } from '../../delivery';
import { type GenAiImageApiProps } from '../../genai-image-api-props';
import { ImageModel } from '../../image-model';
import { ImageStorage } from '../../image-storage';
import { routeProblems, type RouteSetBinding } from '../gateway/route-selection';
import { type ValidationContext } from '../strategy';

/** The props with defaults. */
export interface ResolvedProps extends GenAiImageApiProps {
  readonly model: ImageModel;
  readonly additionalModels: ImageModel[];
  readonly auth: ApiAuth;
  readonly routes: ApiRoutes[];
  readonly routeSets: readonly RouteSetBinding[];
  readonly corsOrigins: string[];
  readonly limits: ResolvedLimits;
  readonly delivery: Delivery;
  readonly presignTtl: Duration;
  readonly storage: ImageStorage;
  readonly removalPolicy: RemovalPolicy;
  readonly compute: ResolvedCompute;
}

/** Sets defaults and throws one error that lists all problems of the props. */
export function resolveProps(scope: Construct, props: GenAiImageApiProps): ResolvedProps {
  throwProblems('GenAiImageApi', scope.node.path, propTypeProblems(props));
  misspelledProps(props).forEach(({ given, known }) => warnMisspelledProp(scope, given, known));
  const routes = props.routes ?? [ApiRoutes.standard()];
  const resolved: ResolvedProps = {
    ...props,
    model: props.model ?? ImageModel.STABLE_IMAGE_CORE,
    additionalModels: props.additionalModels ?? [],
    auth: props.auth ?? ApiAuth.iam(),
    routes,
    routeSets: routes.map((set) => set._bind()),
    corsOrigins: props.corsOrigins ?? [],
    limits: resolveLimits(props.limits),
    delivery: props.delivery ?? Delivery.buffered(),
    presignTtl: props.presignTtl ?? Duration.hours(1),
    storage: props.storage ?? ImageStorage.managed(),
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    compute: resolveCompute(props.compute),
  };
  throwProblems('GenAiImageApi', scope.node.path, problems(resolved, Stack.of(scope)));
  return { ...resolved, encryptionKey: resolved.encryptionKey && keyBehind(resolved.encryptionKey) };
}

function problems(props: ResolvedProps, { region: stackRegion, account: stackAccount }: Stack): string[] {
  const { edits, textModel, delivery, routeSets } = props;
  const context: ValidationContext = {
    stackRegion,
    stackAccount,
    removalPolicy: props.removalPolicy,
    imageExpiration: props.storage.expiration,
    hasBearerRoutes: routeSets.some(({ routes }) => routes.some(({ bearer }) => bearer)),
  };
  return [
    ...modelProblems(props),
    ...knownAtSynthesis('removalPolicy', Token.isUnresolved(props.removalPolicy), 'the CDK writes it as attributes of resources, where CloudFormation allows no references'),
    ...textModel?._validate(context) ?? [],
    ...edits?._validate() ?? [],
    ...promptPolicyProblems(props.promptPolicy),
    ...props.promptPolicy?.guardrail?._validate(props.model.region ?? stackRegion, stackAccount) ?? [],
    ...keyProblems("'encryptionKey'", props.encryptionKey, stackRegion),
    ...props.auth._validate(context),
    ...routeProblems(routeSets, { edits, textModel, queue: delivery._queue }),
    ...props.routes.flatMap((set) => set._validate()),
    ...origins('corsOrigins', props.corsOrigins),
    ...limitProblems(props.limits),
    ...delivery._validate(context),
    ...presignTtlProblems(props.presignTtl),
    ...props.storage._validate(context),
    ...computeProblems(props.compute, stackAccount),
    ...networkProblems(props.network, stackRegion),
  ];
}

/** Callers select a model by its id. SageMaker has no two endpoints whose names differ in case only. */
function modelProblems({ model, additionalModels }: ResolvedProps): string[] {
  const ids = [model, ...additionalModels].map(({ modelId }) => modelId).filter((id) => !Token.isUnresolved(id));
  const variants = [...new Set(ids)].filter((id, _index, all) => all.some((other) => other !== id && other.toLowerCase() === id.toLowerCase()));
  const ofCase = variants.length === 0 ? [] : [`'additionalModels' must contain each model once, got ${variants.map((id) => `'${id}'`).join(' and ')}, which differ in case only; correct one of them`];
  return [...ofCase, ...repeated(ids).map((id) => `'additionalModels' must contain each model once and must not contain the default model, got '${id}' more than once`)];
}

function presignTtlProblems(presignTtl: Duration): string[] {
  return secondsInRange('presignTtl', presignTtl, {
    min: Duration.minutes(1),
    max: Duration.hours(12),
    remedy: 'store the image ID and request a new URL instead',
  });
}
