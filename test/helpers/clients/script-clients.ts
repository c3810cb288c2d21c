import * as path from 'node:path';
import { installNode } from '../../../local/install/node-runtime';
import { installPythonPackages } from '../../../local/install/python-packages';
import { installPackages } from '../e2e/npm-packages';
import { processes, program, PYTHON_SDK, type Sdk, start, steps } from '../e2e/sdks';

export const AI_SDK = ['ai@7.0.173', '@ai-sdk/openai@4.0.118', 'zod@4.6.7'];
export const LANGCHAIN_JS = '@langchain/openai@1.5.8';
const LANGCHAIN_CORE = '@langchain/core@1.4.0';
export const LANGCHAIN = ['langchain-community==0.4.2', PYTHON_SDK];

/** Installs npm packages and starts a program with the Node.js of the handlers. The Vercel AI SDK requires Node.js 22. */
async function nodeProgram(name: string, packages: readonly string[]): Promise<Sdk> {
  const node = await installNode(processes, steps);
  const folder = await installPackages(name.replace('.mjs', ''), packages, processes, steps);
  return start(path.join(node, 'node'), program(name), folder);
}

export const aiSdk = (): Promise<Sdk> => nodeProgram('ai-sdk.mjs', AI_SDK);

export const langChainJs = (): Promise<Sdk> => nodeProgram('langchain-js.mjs', [LANGCHAIN_JS, LANGCHAIN_CORE]);

export async function langChain(): Promise<Sdk> {
  const [title] = LANGCHAIN;
  const python = await installPythonPackages({ name: 'langchain', title, description: title, args: LANGCHAIN, pins: LANGCHAIN.join('\n') }, processes, steps);
  return start(python, program('langchain_client.py'));
}
