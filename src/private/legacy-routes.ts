import { Token } from 'aws-cdk-lib';
import { LegacyMethod, LegacyRouteOptions } from '../legacy-route-options';
import { ConfiguredLegacyRoute, LEGACY_METHODS } from './contract/configuration';
import { GENERATE_REQUEST_SCHEMA, TEXT_REQUEST_SCHEMA } from './contract/requests';
import { Route } from './contract/routes';

/** What the handler is told of a route, with defaults filled in. */
export function configuredLegacyRoute({ path, methods, promptParameter, parameters, reply }: LegacyRouteOptions): ConfiguredLegacyRoute {
  return {
    path,
    methods: methods ?? [LegacyMethod.POST],
    prompt: promptParameter ?? 'prompt',
    parameters: reply._kind === 'storedMessage' ? withSeed(parameters) : parameters ?? {},
    reply: reply._kind,
    ...(reply._message !== undefined && { message: reply._message }),
  };
}

/** This reply names the seed of an image that could not be stored: sent again, it has to count. */
function withSeed(parameters: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.values(parameters).includes(SEED) ? parameters : { [SEED]: SEED, ...parameters };
}

const SEED = 'seed';

/** A POST body is not checked by the gateway: some of these clients send it without its type, or put all into the query. */
export function legacyRoutes({ path, methods, prompt, reply }: ConfiguredLegacyRoute): Route[] {
  return methods.map((method): Route => ({
    method,
    path,
    ...(method === 'GET' && { requiredQuery: prompt }),
    ...(reply === 'text' && { feature: 'text' }),
  }));
}

/** Problems of one route, in the words of its options. */
export function legacyProblems(route: ConfiguredLegacyRoute): string[] {
  const of = Token.isUnresolved(route.path) ? 'of ApiRoutes.legacy()' : `of the legacy route '${route.path}'`;
  return [pathProblems(route.path), ...[methodProblems, nameProblems, targetProblems, messageProblems].map((problems) => problems(route, of))].flat();
}

const PATH = /^(\/[A-Za-z0-9._-]+){1,2}$/;
/** API Gateway answers these by itself, and every API of ours describes itself at the last. */
const TAKEN = ['/ping', '/sping', '/openapi.json'];
/** No client can call the first two, as a path with them is shortened; others are names that constructs of resources have or inherit. */
const NO_SEGMENTS = ['.', '..', 'GET', 'POST', 'DELETE', 'OPTIONS', ...Object.getOwnPropertyNames(Object.prototype)];

function pathProblems(path: string): string[] {
  if (Token.isUnresolved(path)) return ["'path' of ApiRoutes.legacy() must be known at synthesis: a route is built from it"];
  if (TAKEN.includes(path)) return [`'path' of ApiRoutes.legacy() must be none of ${TAKEN.join(', ')}, which are taken, got '${path}'`];
  const strange = path.split('/').find((segment) => NO_SEGMENTS.includes(segment));
  if (strange !== undefined) return [`'path' of ApiRoutes.legacy() must have no segment '${strange}', got '${path}'`];
  if (PATH.test(path)) return [];
  return [`'path' of ApiRoutes.legacy() must be one or two segments of letters, digits and . _ -, each after a slash, for example '/generate-image', got '${path}'`];
}

function methodProblems({ methods }: ConfiguredLegacyRoute, of: string): string[] {
  const strange = methods.filter((method) => !LEGACY_METHODS.includes(method));
  return [
    ...(methods.length > 0 ? [] : [`'methods' ${of} must hold at least one; leave it out for [LegacyMethod.POST]`]),
    ...strange.map((method) => `'methods' ${of} must hold members of LegacyMethod, got '${method}'`),
  ];
}

/** Part of the gateway's own name for a query parameter, and of a header. */
const NAME = /^[A-Za-z0-9._-]{1,64}$/;

function nameProblems({ prompt, parameters }: ConfiguredLegacyRoute, of: string): string[] {
  const must = 'must be 1 to 64 letters, digits and . _ -, known at synthesis';
  return [
    ...(isName(prompt) ? [] : [`'promptParameter' ${of} ${must}, got '${prompt}'`]),
    ...Object.keys(parameters).filter((name) => !isName(name)).map((name) => `names in 'parameters' ${of} ${must}, got '${name}'`),
    ...(Object.keys(parameters).includes(prompt) ? [`'parameters' ${of} must not hold '${prompt}', which is its 'promptParameter'`] : []),
  ];
}

function isName(text: string): boolean {
  return !Token.isUnresolved(text) && NAME.test(text);
}

/** The prompt has an option of its own, and how images are answered is for `reply` to say. */
const NOT_PARAMETERS = ['prompt', 'response'];

function targetProblems({ parameters, reply }: ConfiguredLegacyRoute, of: string): string[] {
  const { properties } = reply === 'text' ? TEXT_REQUEST_SCHEMA : GENERATE_REQUEST_SCHEMA;
  const known = Object.keys(properties).filter((name) => !NOT_PARAMETERS.includes(name));
  const targets = Object.values(parameters);
  const sides = ['width', 'height'].filter((side) => targets.includes(side));
  return [
    ...Object.entries(parameters).filter(([, ours]) => !known.includes(ours)).map(([name, ours]) =>
      `'parameters.${name}' ${of} must be one of ${known.join(', ')}, got '${ours}'`),
    ...(sides.length === 1 ? [`'parameters' ${of} must name both 'width' and 'height', which go together, or neither, got '${sides[0]}'`] : []),
  ];
}

/** The environment of the function has little room. */
const MESSAGE_MAX_LENGTH = 200;

function messageProblems({ message }: ConfiguredLegacyRoute, of: string): string[] {
  if (message === undefined || Token.isUnresolved(message) || (message.trim() !== '' && message.length <= MESSAGE_MAX_LENGTH)) return [];
  return [`the text of LegacyReply.storedMessage() ${of} must have 1 to ${MESSAGE_MAX_LENGTH} characters, got ${message.trim() === '' ? 0 : message.length}`];
}
