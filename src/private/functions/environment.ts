import { type IResolvable, Lazy, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { type ApiAuthBinding } from '../../api-auth-binding';
import { type LimitOptions } from '../../limits';
import { type PromptPolicyOptions, PromptRetention } from '../../prompt-policy';
import {
  CONFIGURATION_MAX_BYTES, type ConfiguredAuth, type ConfiguredBudget, type ConfiguredClient, type ConfiguredPolicy, type HandlerConfiguration,
} from '../contract/configuration';

/** Returns the configuration of the handler as JSON. It is rendered at synthesis, when all API clients and event rules are known. */
export function renderConfiguration(scope: Construct, configuration: () => HandlerConfiguration): string {
  scope.node.addValidation({ validate: () => configurationSizeProblems(configuration()) });
  return Lazy.string({ produce: () => Stack.of(scope).toJsonString(configuration()) });
}

/** Returns the configuration of authentication. */
export function configuredAuth(binding: ApiAuthBinding, clients?: readonly ConfiguredClient[]): ConfiguredAuth {
  const { owner, bearerMethodOptions, credentialHeaders } = binding;
  const configuration = owner._configuration;
  return {
    ...configuration,
    ...(clients && { clients }),
    ...(configuration.mode === 'apiKey' && bearerMethodOptions && { bearer: true }),
    ...(credentialHeaders && { headers: credentialHeaders }),
  };
}

/** Returns the configuration of the prompt policy, or undefined if all options have their defaults. The guardrail is evaluated in `modelRegion`. */
export function configuredPolicy(
  { maxChars, deny, guardrail, retention }: PromptPolicyOptions = {}, modelRegion: string,
): ConfiguredPolicy | undefined {
  const binding = guardrail?._bind();
  const policy: ConfiguredPolicy = {
    ...(maxChars !== undefined && { maxChars }),
    ...(deny?.length && { deny }),
    ...(binding && { guardrail: { id: binding.id, version: binding.version, region: modelRegion } }),
    ...(retention !== undefined && retention !== PromptRetention.STORE && { retention }),
  };
  return Object.keys(policy).length > 0 ? policy : undefined;
}

/** Returns the configuration of the daily budgets, if there are any. */
export function configuredBudget({ dailyBudgetUsd: dailyUsd, dailyBudgetUsdPerOwner: dailyUsdPerOwner }: LimitOptions): ConfiguredBudget | undefined {
  if (dailyUsd === undefined && dailyUsdPerOwner === undefined) return undefined;
  return { ...(dailyUsd !== undefined && { dailyUsd }), ...(dailyUsdPerOwner !== undefined && { dailyUsdPerOwner }) };
}

/** Props whose configuration field has another name, by the name of the field. */
const PROP_NAMES: Readonly<Record<string, string>> = { models: 'additionalModels', policy: 'promptPolicy', legacy: 'routes' };

/** Returns the problem of a configuration that exceeds the environment of a Lambda function, with the prop that uses the most bytes. */
export function configurationSizeProblems(configuration: HandlerConfiguration): string[] {
  const bytes = estimatedBytes(configuration);
  if (bytes <= CONFIGURATION_MAX_BYTES) return [];
  const parts = Object.entries(configuration).map(([name, value]) => (name === 'auth'
    ? { name: 'auth.clients', bytes: estimatedBytes(configuration.auth.clients ?? []) }
    : { name: PROP_NAMES[name] ?? name, bytes: estimatedBytes(value) }));
  const largest = parts.reduce((previous, part) => (part.bytes > previous.bytes ? part : previous));
  return [
    `the configuration of the handler is ${bytes} bytes long, but must be at most ${CONFIGURATION_MAX_BYTES}, because Lambda limits the environment to 4 KB; `
    + `its largest part is '${largest.name}' with ${largest.bytes} bytes: shorten it, or define a second GenAiImageApi for the rest`,
  ];
}

/** Estimated length of the id of an API key. API Gateway generates 10 characters. */
const KEY_ID_BYTES = 12;
/** Estimated length of other tokens. Bucket names have at most 63 characters; generated table names rarely exceed 100. */
const TOKEN_BYTES = 100;

/** Returns the length of the JSON, with the estimated length of each token. */
function estimatedBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(withoutTokens(value, TOKEN_BYTES)));
}

/** Returns a copy of the value in which each token is replaced by a text of the estimated length. */
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
