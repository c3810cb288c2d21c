import { type IResolvable, Lazy, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { type ApiAuthBinding } from '../../api-auth-binding';
import { type LimitOptions } from '../../limits';
import { type PromptPolicyOptions, PromptRetention } from '../../prompt-policy';
import {
  CONFIGURATION_MAX_BYTES, type ConfiguredAuth, type ConfiguredBudget, type ConfiguredClient, type ConfiguredPolicy, type HandlerConfiguration,
} from '../contract/configuration';

/** Renders the configuration for the environment at synthesis, when all API clients and event rules are known. */
export function renderConfiguration(scope: Construct, configuration: () => HandlerConfiguration): string {
  scope.node.addValidation({ validate: () => sizeProblems(configuration()) });
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

/** Returns the configuration of the prompt policy, or undefined if all options have their defaults. The guardrail is in the Region of the model. */
export function configuredPolicy(
  { maxChars, deny, guardrail, retention }: PromptPolicyOptions = {}, modelRegion: string,
): ConfiguredPolicy | undefined {
  const evaluated = guardrail?._bind();
  const policy: ConfiguredPolicy = {
    ...(maxChars !== undefined && { maxChars }),
    ...(deny?.length && { deny }),
    ...(evaluated && { guardrail: { id: evaluated.id, version: evaluated.version, region: modelRegion } }),
    ...(retention !== undefined && retention !== PromptRetention.STORE && { retention }),
  };
  return Object.keys(policy).length > 0 ? policy : undefined;
}

/** Returns the configuration of the daily budgets, if there are any. */
export function configuredBudget({ dailyBudgetUsd: dailyUsd, dailyBudgetUsdPerOwner: dailyUsdPerOwner }: LimitOptions): ConfiguredBudget | undefined {
  if (dailyUsd === undefined && dailyUsdPerOwner === undefined) return undefined;
  return { ...(dailyUsd !== undefined && { dailyUsd }), ...(dailyUsdPerOwner !== undefined && { dailyUsdPerOwner }) };
}

/** Props of configuration fields with another name. */
const PROP_NAMES: Readonly<Record<string, string>> = { models: 'additionalModels', policy: 'promptPolicy', legacy: 'routes' };

export function sizeProblems(configuration: HandlerConfiguration): string[] {
  const bytes = estimatedBytes(configuration);
  if (bytes <= CONFIGURATION_MAX_BYTES) return [];
  const parts = Object.entries(configuration).map(([name, value]) => (name === 'auth'
    ? { name: 'auth.clients', bytes: estimatedBytes(configuration.auth.clients ?? []) }
    : { name: PROP_NAMES[name] ?? name, bytes: estimatedBytes(value) }));
  const biggest = parts.reduce((most, part) => (part.bytes > most.bytes ? part : most));
  return [
    `the configuration of the handler is ${bytes} bytes long, but must be at most ${CONFIGURATION_MAX_BYTES}, because Lambda limits the environment to 4 KB; `
    + `its biggest part is '${biggest.name}' with ${biggest.bytes} bytes: shorten it, or define a second GenAiImageApi for the rest`,
  ];
}

/** API key ids have 10 characters. */
const KEY_ID_BYTES = 12;
/** Bucket names have at most 63 characters; generated table names rarely exceed this. */
const TOKEN_BYTES = 100;

function estimatedBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(withoutTokens(value, TOKEN_BYTES)));
}

/** Returns a copy that replaces each token with a text of the likely length of its value. */
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
