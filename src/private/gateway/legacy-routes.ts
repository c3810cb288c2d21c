import { Token } from 'aws-cdk-lib';
import { LegacyMethod, type LegacyRouteOptions } from '../../legacy-route-options';
import { type ConfiguredLegacyRoute, LEGACY_METHODS, SIZE_TARGET } from '../contract/configuration';
import { GENERATE_REQUEST_SCHEMA, TEXT_REQUEST_SCHEMA } from '../contract/requests';
import { type Route } from '../contract/routes';
import { didYouMean } from '../validation/suggestions';

/** Returns the configuration of the handler, with defaults. */
export function configuredLegacyRoute({ path, methods, promptParameter, parameters, reply }: LegacyRouteOptions): ConfiguredLegacyRoute {
  const binding = reply._bind();
  return {
    path,
    methods: methods ?? [LegacyMethod.POST],
    prompt: promptParameter ?? 'prompt',
    parameters: binding.reply === 'storedMessage' ? withSeed(parameters) : parameters ?? {},
    ...binding,
  };
}

/** This reply returns the seed of an image that could not be stored, so the route must accept a seed. */
function withSeed(parameters: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.values(parameters).includes(SEED) ? parameters : { [SEED]: SEED, ...parameters };
}

const SEED = 'seed';

/** The gateway does not validate POST bodies: some clients send no `Content-Type`, or all parameters in the query string. */
export function legacyRoutes({ path, methods, prompt, reply, statusPath }: ConfiguredLegacyRoute): Route[] {
  const routes = methods.map((method): Route => ({
    method,
    path,
    ...(method === 'GET' && { requiredQuery: prompt }),
    ...(reply === 'text' && { feature: 'textModel' }),
    ...(reply === 'job' && { feature: 'queue' }),
  }));
  return statusPath === undefined ? routes : [...routes, { method: 'GET', path: statusPath, feature: 'queue' }];
}

/** Returns the problems of one route, in terms of its options. */
export function legacyRouteProblems(route: ConfiguredLegacyRoute): string[] {
  const of = Token.isUnresolved(route.path) ? 'of ApiRoutes.legacy()' : `of the legacy route '${route.path}'`;
  const problems = [methodProblems, nameProblems, targetProblems, messageProblems, statusPathProblems];
  return [pathProblems(route.path, "'path' of ApiRoutes.legacy()"), ...problems.map((find) => find(route, of))].flat();
}

const PATH = /^(\/[A-Za-z0-9._-]+){1,2}$/;
/** API Gateway reserves the first two; every API has its OpenAPI document at the last. */
const RESERVED_PATHS = ['/ping', '/sping', '/openapi.json'];
/** Clients normalize paths with the first two; the others are ids or properties of the constructs of API Gateway resources. */
const RESERVED_SEGMENTS = ['.', '..', 'GET', 'POST', 'DELETE', 'OPTIONS', ...Object.getOwnPropertyNames(Object.prototype)];

function pathProblems(path: string, name: string): string[] {
  if (Token.isUnresolved(path)) return [`${name} must be known at synthesis: a route is built from it`];
  if (RESERVED_PATHS.includes(path)) return [`${name} must be none of ${RESERVED_PATHS.join(', ')}, which are reserved, got '${path}'`];
  const reserved = path.split('/').find((segment) => RESERVED_SEGMENTS.includes(segment));
  if (reserved !== undefined) return [`${name} must have no segment '${reserved}', got '${path}'`];
  if (PATH.test(path)) return [];
  return [`${name} must be one or two segments of letters, digits and . _ -, each after a slash, for example '/generate-image', got '${path}'`];
}

function methodProblems({ methods }: ConfiguredLegacyRoute, of: string): string[] {
  const tokens = methods.some((method) => Token.isUnresolved(method));
  const unknown = methods.filter((method) => !Token.isUnresolved(method) && !LEGACY_METHODS.includes(method));
  return [
    ...(methods.length > 0 ? [] : [`'methods' ${of} must contain at least one method; remove it for [LegacyMethod.POST]`]),
    ...(tokens ? [`'methods' ${of} must be known at synthesis, got a value only known at deployment; routes are built from them`] : []),
    ...unknown.map((method) => `'methods' ${of} must contain members of LegacyMethod, got '${method}'`),
  ];
}

/** The name is part of a request parameter in API Gateway, and of a header. */
const NAME = /^[A-Za-z0-9._-]{1,64}$/;

function nameProblems({ prompt, parameters }: ConfiguredLegacyRoute, of: string): string[] {
  const must = 'must be 1 to 64 letters, digits and . _ -, known at synthesis';
  return [
    ...(isName(prompt) ? [] : [`'promptParameter' ${of} ${must}, got '${prompt}'`]),
    ...Object.keys(parameters).filter((name) => !isName(name)).map((name) => `names in 'parameters' ${of} ${must}, got '${name}'`),
    ...(Object.keys(parameters).includes(prompt) ? [`'parameters' ${of} must not contain '${prompt}', which is its 'promptParameter'`] : []),
  ];
}

function isName(text: string): boolean {
  return !Token.isUnresolved(text) && NAME.test(text);
}

/** `reply` determines these. */
const NOT_PARAMETERS = ['response'];

function targetProblems({ parameters, reply }: ConfiguredLegacyRoute, of: string): string[] {
  const names = reply === 'text' ? Object.keys(TEXT_REQUEST_SCHEMA.properties) : [...Object.keys(GENERATE_REQUEST_SCHEMA.properties), SIZE_TARGET];
  const known = names.filter((name) => !NOT_PARAMETERS.includes(name));
  const targets = Object.values(parameters);
  const sides = ['width', 'height'].filter((side) => targets.includes(side));
  return [
    ...Object.entries(parameters).filter(([, ours]) => !known.includes(ours)).map(([name, ours]) =>
      `'parameters.${name}' ${of} must be one of ${known.join(', ')}, got '${ours}'${didYouMean(ours, known)}`),
    ...(sides.length === 1 ? [`'parameters' ${of} must contain both 'width' and 'height' or neither, got '${sides[0]}'`] : []),
    ...(sides.length > 0 && targets.includes(SIZE_TARGET) ? [`'parameters' ${of} must contain either '${SIZE_TARGET}' or 'width' and 'height', got all`] : []),
  ];
}

/** The message is part of the environment of the function, which is limited to 4 KB. */
const MESSAGE_MAX_LENGTH = 200;

function messageProblems({ message }: ConfiguredLegacyRoute, of: string): string[] {
  if (message === undefined || Token.isUnresolved(message) || (message.trim() !== '' && message.length <= MESSAGE_MAX_LENGTH)) return [];
  return [`the text of LegacyReply.storedMessage() ${of} must have 1 to ${MESSAGE_MAX_LENGTH} characters, got ${message.trim() === '' ? 0 : message.length}`];
}

const STATUS_PATH = /^((?:\/[A-Za-z0-9._-]+){1,2})\/\{([A-Za-z0-9_]{1,64})\}$/;
/** Fields of the response, which the id must not replace. */
const RESPONSE_FIELDS = [
  'status', 'estimated_time', 'image_url', 'generated_at', 'error', 'model', 'prompt', 'enhancedPrompt', 'createdAt', 'completedAt', 'imageExpiresAt',
  'images', 'failures', 'ageSeconds', 'attempts', 'problem', 'estimatedSeconds', 'ignoredParameters',
];

function statusPathProblems({ statusPath }: ConfiguredLegacyRoute, of: string): string[] {
  if (statusPath === undefined) return [];
  const name = `'statusPath' ${of}`;
  if (Token.isUnresolved(statusPath)) return [`${name} must be known at synthesis: a route is built from it`];
  const [, fixed, id] = STATUS_PATH.exec(statusPath) ?? [];
  if (fixed === undefined) {
    return [`${name} must be one or two segments of letters, digits and . _ -, then the id in braces, named with 1 to 64 letters, digits and _, `
      + `for example '/image/{image_id}', got '${statusPath}'`];
  }
  const collision = RESPONSE_FIELDS.includes(id) ? [`${name} must not use these response fields as the name of the id: ${RESPONSE_FIELDS.join(', ')}; got '${statusPath}'`] : [];
  return [...collision, ...pathProblems(fixed, name)];
}
