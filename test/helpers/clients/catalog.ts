import { goModule, openAiForGo } from './go-client';
import { startJavaClient } from './java-clients';
import { AI_SDK, aiSdk, langChain, LANGCHAIN, LANGCHAIN_JS, langChainJs } from './script-clients';
import { GO, JDK, MAVEN, type Toolchain } from './toolchains';
import { LITELLM, liteLlm, NODE_SDK, openAiForNode, openAiForPython, PYTHON_SDK, type Sdk, type SdkRequest } from '../e2e/sdks';

export type Action = Extract<SdkRequest['action'], 'generate' | 'edit'>;

/** A client of OpenAI's API, as the tests use it. */
export interface OpenAiClient {
  readonly name: string;
  /** Packages with their versions. */
  readonly packages: readonly string[];
  /** Installs the client and starts its program. */
  readonly start: () => Promise<Sdk>;
  readonly toolchains: readonly Toolchain[];
  readonly actions: readonly Action[];
  /** Actions for which the client sends `X-Stainless-Retry-Count`. */
  readonly counts: readonly Action[];
  /** Whether the client can send an `Idempotency-Key`. */
  readonly keys: boolean;
  /** Whether the client can limit the time of a call. */
  readonly timeouts: boolean;
  /** An invalid parameter, and the detail of the API. */
  readonly invalid: { readonly params: object; readonly detail: string };
  /** The exception for the invalid parameter. */
  readonly exception: string;
  /** Titles of the failures that the client does not retry. */
  readonly notRetried: readonly string[];
}

type ClientOptions = Pick<OpenAiClient, 'name' | 'packages' | 'start' | 'exception'> & Partial<OpenAiClient>;

const ALL: readonly Action[] = ['generate', 'edit'];
const INVALID = { params: { n: 9 }, detail: 'n must be an integer from 1 to 4, got 9' };

/** A client that has all actions and options, identifies no retries, and retries every failure. */
const client = (options: ClientOptions): OpenAiClient => (
  { toolchains: [], actions: ALL, counts: [], keys: true, timeouts: true, invalid: INVALID, notRetried: [], ...options }
);

const java = (mainClass: string, artifact: string, size: string): Pick<OpenAiClient, 'packages' | 'start' | 'toolchains'> => ({
  packages: [artifact],
  toolchains: [JDK, MAVEN],
  start: () => startJavaClient({ name: `java-${mainClass.toLowerCase()}`, mainClass, artifact, size }),
});

export const CLIENTS: Readonly<Record<string, OpenAiClient>> = {
  'python': client({
    name: 'OpenAI SDK for Python',
    packages: [PYTHON_SDK],
    start: openAiForPython,
    counts: ALL,
    exception: 'BadRequestError',
  }),
  'node': client({
    name: 'OpenAI SDK for Node.js',
    packages: [NODE_SDK],
    start: openAiForNode,
    counts: ALL,
    exception: 'BadRequestError',
    notRetried: ['cut off'],
  }),
  'go': client({
    name: 'OpenAI SDK for Go',
    packages: [goModule()],
    toolchains: [GO],
    start: openAiForGo,
    counts: ALL,
    exception: '*apierror.Error',
    notRetried: ['cut off', 'timeout'],
  }),
  'java': client({
    name: 'OpenAI SDK for Java',
    ...java('OpenAiSdk', 'com.openai:openai-java:4.101.0', '81 MB'),
    counts: ALL,
    exception: 'BadRequestException',
    notRetried: ['cut off'],
  }),
  'ai-sdk': client({ name: 'Vercel AI SDK', packages: AI_SDK.slice(0, 2), start: aiSdk, exception: 'AI_APICallError' }),
  'langchain': client({
    name: 'LangChain',
    packages: LANGCHAIN,
    start: langChain,
    actions: ['generate'],
    counts: ['generate'],
    exception: 'BadRequestError',
  }),
  'langchain-js': client({
    name: 'LangChain.js',
    packages: [LANGCHAIN_JS],
    start: langChainJs,
    actions: ['generate'],
    counts: ['generate'],
    keys: false,
    timeouts: false,
    // the tool always sends n = 1
    invalid: { params: { model: 'unknown' }, detail: 'model must be one of' },
    exception: 'BadRequestError',
    notRetried: ['cut off'],
  }),
  'langchain4j': client({
    name: 'LangChain4j',
    ...java('LangChain4j', 'dev.langchain4j:langchain4j-open-ai:1.19.0', '7 MB'),
    exception: 'HttpException',
  }),
  'spring-ai': client({
    name: 'Spring AI',
    ...java('SpringAi', 'org.springframework.ai:spring-ai-openai:2.0.1', '76 MB'),
    actions: ['generate'],
    counts: ['generate'],
    exception: 'BadRequestException',
    notRetried: ['cut off'],
  }),
  'litellm': client({
    name: 'LiteLLM',
    packages: [LITELLM],
    start: liteLlm,
    counts: ['generate'],
    exception: 'BadRequestError',
  }),
};
