import * as fs from 'node:fs';
import * as path from 'node:path';
import { type ApiKey, GetApiKeysCommand } from '@aws-sdk/client-api-gateway';
import { LocalRunError } from '../cli/local-run-error';
import { type DeployedStack } from '../deployment/create-stack';
import { type Clients } from '../emulator/clients';
import { isProcessAlive } from '../processes/file-lock';
import { OUTPUTS_FILE } from '../processes/paths';
import { resourcesOfType, type Template } from '../template/template';

/** Endpoints and keys of a running app. `npm run local` writes them to `.local/outputs.json`. */
export interface Outputs {
  /** Replaces the invoke URL of AWS. */
  readonly baseUrl: string;
  /** API key of the client `alice`, or of the first client. `null` for an app without API keys. */
  readonly apiKey: string | null;
  /** API key values by client name. */
  readonly apiKeys: Readonly<Record<string, string>>;
  /** Control URL of the model service. */
  readonly controlUrl: string;
  /** Endpoint of the emulator for AWS SDKs and the AWS CLI, with the credentials test/test. */
  readonly awsEndpointUrl: string;
  readonly region: string;
  /** An allowed CORS origin. `null` for an app without CORS. */
  readonly corsOrigin: string | null;
  /** URL of the playground. `null` if it is not served. */
  readonly playgroundUrl: string | null;
  /** User that the run created for the sign-in pages of the playground. `null` for other credentials. */
  readonly playgroundUser: { readonly name: string; readonly password: string } | null;
  /** Stack outputs by stack name. */
  readonly stacks: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Process id of `npm run local`. */
  readonly pid: number;
}

/** Returns the first REST API that has a stage. */
export function findRestApi(stacks: readonly DeployedStack[]): { apiId: string; stage: string } {
  for (const stack of stacks) {
    for (const [, stage] of resourcesOfType(stack.template, 'AWS::ApiGateway::Stage')) {
      const apiId = stack.resources[(stage.RestApiId as { Ref?: string }).Ref ?? ''];
      if (apiId) return { apiId, stage: String(stage.StageName) };
    }
  }
  throw new LocalRunError('the app has no REST API with a stage', 'add a GenAiImageApi to a stack of the app');
}

/** Returns the API key values by client name. */
export async function readApiKeys({ apiGateway }: Clients): Promise<Record<string, string>> {
  const { items = [] } = await apiGateway.send(new GetApiKeysCommand({ includeValues: true, limit: 500 }));
  return keysByClient(items);
}

/** Maps keys to clients. The construct describes each key as `client <name> of <construct>`. */
export function keysByClient(keys: readonly ApiKey[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { description = '', value } of keys) {
    const client = /^client (\S+) of /.exec(description)?.[1];
    // for a client with several keys, the first is used
    if (client && value && !(client in values)) values[client] = value;
  }
  return values;
}

/** Returns the first origin in the CORS rules of the buckets. */
export function findCorsOrigin(templates: readonly Template[]): string | null {
  for (const [, { CorsConfiguration }] of templates.flatMap((template) => resourcesOfType(template, 'AWS::S3::Bucket'))) {
    const { CorsRules = [] } = (CorsConfiguration ?? {}) as { CorsRules?: { AllowedOrigins?: unknown[] }[] };
    const origin = CorsRules.flatMap((rule) => rule.AllowedOrigins ?? [])[0];
    if (typeof origin === 'string') return origin;
  }
  return null;
}

/** Writes the outputs file atomically. */
export function writeOutputs(outputs: Outputs, file = OUTPUTS_FILE): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}`;
  fs.writeFileSync(partial, `${JSON.stringify(outputs, null, 2)}\n`);
  fs.renameSync(partial, file);
}

/** Removes the outputs of process `owner`, and those of a process that no longer exists. */
export function removeOutputs(owner: number, file = OUTPUTS_FILE): void {
  if (!fs.existsSync(file)) return;
  const { pid = 0 } = JSON.parse(fs.readFileSync(file, 'utf8')) as { pid?: number };
  if (pid === owner || !isProcessAlive(pid)) fs.rmSync(file, { force: true });
}
