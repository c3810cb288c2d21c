import { IResolvable, Lazy, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CONFIGURATION_MAX_BYTES, HandlerConfiguration } from '../contract/configuration';

/** The document as it goes into the environment; read at synthesis, when all clients are known. */
export function renderConfiguration(scope: Construct, configuration: () => HandlerConfiguration): string {
  scope.node.addValidation({ validate: () => sizeProblems(configuration()) });
  return Lazy.string({ produce: () => Stack.of(scope).toJsonString(configuration()) });
}

/** Parts that the props call otherwise. */
const PROP_NAMES: Readonly<Record<string, string>> = { models: 'additionalModels', policy: 'promptPolicy', legacy: 'routes' };

export function sizeProblems(configuration: HandlerConfiguration): string[] {
  const bytes = estimatedBytes(configuration);
  if (bytes <= CONFIGURATION_MAX_BYTES) return [];
  const parts = Object.entries(configuration).map(([name, value]) => (name === 'auth'
    ? { name: 'auth.clients', bytes: estimatedBytes(configuration.auth.clients ?? []) }
    : { name: PROP_NAMES[name] ?? name, bytes: estimatedBytes(value) }));
  const biggest = parts.reduce((most, part) => (part.bytes > most.bytes ? part : most));
  return [
    `the configuration of the handler is ${bytes} bytes long, but Lambda leaves it ${CONFIGURATION_MAX_BYTES}; `
    + `its biggest part is '${biggest.name}' with ${biggest.bytes} bytes: shorten it, or build a second GenAiImageApi for the rest`,
  ];
}

/** Ids of API keys have 10 characters. */
const KEY_ID_BYTES = 12;
/** Names of buckets have at most 63 characters, generated names of tables seldom more than this. */
const TOKEN_BYTES = 100;

function estimatedBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(withoutTokens(value, TOKEN_BYTES)));
}

/** A copy with each token replaced by a text as long as its value is likely to become. */
function withoutTokens(value: unknown, tokenBytes: number): unknown {
  if (typeof value === 'string') return fillTokens(value, tokenBytes);
  if (Array.isArray(value)) return value.map((item: unknown) => withoutTokens(item, tokenBytes));
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) =>
    [name, withoutTokens(item, name === 'keyIds' ? KEY_ID_BYTES : tokenBytes)]));
}

function fillTokens(text: string, tokenBytes: number): string {
  const filler = 'x'.repeat(tokenBytes);
  return Tokenization.reverseString(text).mapTokens({ mapToken: (_token: IResolvable) => filler }).join({ join: (left, right) => `${left}${right}` }) as string;
}
