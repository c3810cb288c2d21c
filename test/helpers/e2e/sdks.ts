import { spawn, type ChildProcess } from 'node:child_process';
import * as path from 'node:path';
import * as readline from 'node:readline';
import { installPackages } from './npm-packages';
import { Steps } from '../../../local/cli/steps';
import { installNode } from '../../../local/install/node-runtime';
import { installPythonPackages } from '../../../local/install/python-packages';
import { Processes } from '../../../local/processes/processes';

// The latest versions at the time of writing. LiteLLM: the latest version that installs with the supported Python versions.
export const NODE_SDK = 'openai@7.57.0';
export const PYTHON_SDK = 'openai==3.57.0';
export const LITELLM = 'litellm==1.100.5';

export interface SdkRequest {
  readonly action: 'generate' | 'edit' | 'models' | 'stream';
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly params?: object;
  /** Files in base64 by parameter name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Headers of this request, such as `Idempotency-Key`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export interface SdkResponse {
  readonly data?: readonly { readonly b64_json?: string; readonly url?: string }[];
  readonly size?: string;
  readonly ids?: readonly string[];
  readonly events?: readonly { readonly type: string; readonly b64_json: string }[];
  /** The class name of the exception. */
  readonly error?: string;
  readonly status?: number;
  readonly code?: string;
  readonly param?: string;
  readonly message?: string;
}

/** A child process that sends requests with one of the SDKs. */
export class Sdk {
  private readonly lines: AsyncIterator<string>;

  constructor(private readonly child: ChildProcess) {
    this.lines = readline.createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  }

  public async call(request: SdkRequest): Promise<SdkResponse> {
    this.child.stdin!.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error('the SDK process has exited');
    return JSON.parse(value) as SdkResponse;
  }

  public close(): void {
    this.child.stdin!.end();
    this.child.kill();
  }
}

export const processes = new Processes();
export const steps = Steps.toLines((line) => process.stdout.write(`${line}\n`));
/** Returns the path of a file in test/fixtures/openai. */
export const program = (name: string): string => path.join(__dirname, '../../fixtures/openai', name);
/** Starts the program of an SDK. */
export const start = (command: string, ...args: string[]): Sdk => new Sdk(spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] }));

export async function openAiForNode(): Promise<Sdk> {
  const node = await installNode(processes, steps);
  const folder = await installPackages('openai-node', [NODE_SDK], processes, steps);
  return start(path.join(node, 'node'), program('client.mjs'), path.join(folder, 'node_modules', 'openai'));
}

export const openAiForPython = async (): Promise<Sdk> => start(await pythonSdk('openai-python', PYTHON_SDK), program('client.py'));

export const liteLlm = async (): Promise<Sdk> => start(await pythonSdk('litellm', LITELLM), program('litellm_client.py'));

function pythonSdk(name: string, pin: string): Promise<string> {
  return installPythonPackages({ name, title: pin, description: pin, args: [pin], pins: pin }, processes, steps);
}
