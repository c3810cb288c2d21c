import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiKey, GetApiKeysCommand } from '@aws-sdk/client-api-gateway';
import { LocalRunError } from '../cli/local-run-error';
import { DeployedStack } from '../deployment/create-stack';
import { Clients } from '../emulator/clients';
import { isProcessAlive } from '../processes/file-lock';
import { OUTPUTS_FILE } from '../processes/paths';
import { resourcesOfType, Template } from '../template/template';

/** What programs need to know of a running app; `npm run local` writes it to `.local/outputs.json`. */
export interface Outputs {
  /** Stands for the invoke URL on AWS. */
  readonly baseUrl: string;
  /** Of the client alice, else of the first client; null where the app has no API keys. */
  readonly apiKey: string | null;
  /** Key values by client name. */
  readonly apiKeys: Readonly<Record<string, string>>;
  /** Control of the stand-in for the models. */
  readonly controlUrl: string;
  /** The emulator, for AWS SDKs and the AWS CLI with the credentials test/test. */
  readonly awsEndpointUrl: string;
  readonly region: string;
  /** An origin that browsers may call from; null where the app has no CORS. */
  readonly corsOrigin: string | null;
  /** Outputs of each stack. */
  readonly stacks: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The process to stop. */
  readonly pid: number;
}

/** The first REST API of the app that has a stage. */
export function findRestApi(stacks: readonly DeployedStack[]): { apiId: string; stage: string } {
  for (const stack of stacks) {
    for (const [, stage] of resourcesOfType(stack.template, 'AWS::ApiGateway::Stage')) {
      const apiId = stack.resources[(stage.RestApiId as { Ref?: string }).Ref ?? ''];
      if (apiId) return { apiId, stage: String(stage.StageName) };
    }
  }
  throw new LocalRunError('the app has no REST API with a stage', 'add a GenAiImageApi to a stack of the app');
}

/** Key values by client: the construct describes each key as `client <name> of <construct>`. */
export async function readApiKeys({ apiGateway }: Clients): Promise<Record<string, string>> {
  const { items = [] } = await apiGateway.send(new GetApiKeysCommand({ includeValues: true, limit: 500 }));
  return keysByClient(items);
}

export function keysByClient(keys: readonly ApiKey[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { description = '', value } of keys) {
    const client = /^client (\S+) of /.exec(description)?.[1];
    // with two keys for one client either will do
    if (client && value && !(client in values)) values[client] = value;
  }
  return values;
}

/** An origin from the CORS rules of the buckets. */
export function findCorsOrigin(templates: readonly Template[]): string | null {
  for (const [, { CorsConfiguration }] of templates.flatMap((template) => resourcesOfType(template, 'AWS::S3::Bucket'))) {
    const { CorsRules = [] } = (CorsConfiguration ?? {}) as { CorsRules?: { AllowedOrigins?: unknown[] }[] };
    const origin = CorsRules.flatMap((rule) => rule.AllowedOrigins ?? [])[0];
    if (typeof origin === 'string') return origin;
  }
  return null;
}

export function writeOutputs(outputs: Outputs, file = OUTPUTS_FILE): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}`;
  fs.writeFileSync(partial, `${JSON.stringify(outputs, null, 2)}\n`);
  fs.renameSync(partial, file);
}

/** Removes outputs that point nowhere: those of `owner`, and those of a run that has died. */
export function removeOutputs(owner: number, file = OUTPUTS_FILE): void {
  if (!fs.existsSync(file)) return;
  const { pid = 0 } = JSON.parse(fs.readFileSync(file, 'utf8')) as { pid?: number };
  if (pid === owner || !isProcessAlive(pid)) fs.rmSync(file, { force: true });
}
