import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  ApiAuth, ApiRoutes, ContentGuardrail, Delivery, GenAiImageApi, ImageEdits, ImageModel, LegacyReply, TextModel,
} from '../../../src';
import { CONFIGURATION_VARIABLE, type HandlerConfiguration } from '../../../src/private/contract/configuration';

const ENVIRONMENT = { account: '111122223333', region: 'us-west-2' };

/** The environment variables of the functions, as the construct renders them. */
export interface ConstructEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  readonly configuration: HandlerConfiguration;
}

export interface EnvironmentOptions {
  /** The SDK prefers the host of a queue URL to the endpoint in the environment. */
  readonly queueUrl: string;
  /** With all features: models, edits, text, queue, events, routes. Otherwise with the defaults and API keys. */
  readonly allFeatures: boolean;
  /** Whether prompts and images are checked by a guardrail, which adds a call to each request. */
  readonly guardrail?: boolean;
}

/** Synthesizes a stack and returns the environment of its API function, which the worker has as well. References become names. */
export function constructEnvironment(options: EnvironmentOptions): ConstructEnvironment {
  const app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
  const stack = new Stack(app, 'Bench', { env: ENVIRONMENT });
  const images = options.allFeatures ? allFeatures(stack, options) : new GenAiImageApi(stack, 'Images', { auth: ApiAuth.apiKey({ clients: ['alice'] }) });
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  const rendered = functions.map(({ Properties }) => Properties.Environment?.Variables as Record<string, unknown> | undefined)
    .find((variables) => variables?.[CONFIGURATION_VARIABLE] !== undefined)!;
  const names = new Map([images.queue, images.deadLetterQueue].map((queue) => [stack.resolve(queue?.queueUrl)?.Ref, options.queueUrl]));
  const variables = Object.fromEntries(Object.entries(rendered).map(([name, value]) => [name, textOf(value, names)]));
  return { variables, configuration: JSON.parse(variables[CONFIGURATION_VARIABLE]) as HandlerConfiguration };
}

function allFeatures(stack: Stack, { guardrail }: EnvironmentOptions): GenAiImageApi {
  const images = new GenAiImageApi(stack, 'Images', {
    model: ImageModel.STABLE_IMAGE_CORE,
    additionalModels: [ImageModel.STABLE_IMAGE_ULTRA, ImageModel.SD3_5_LARGE, ImageModel.sageMakerEndpoint('stable-diffusion')],
    edits: ImageEdits.all(),
    textModel: TextModel.NOVA_2_LITE,
    promptPolicy: { maxChars: 2000, deny: ['counterfeit money'], ...(guardrail && { guardrail: ContentGuardrail.existing('abc123', { version: '1' }) }) },
    routes: [ApiRoutes.standard(), ApiRoutes.openAi(), ApiRoutes.legacy({ path: '/generate', promptParameter: 'text', reply: LegacyReply.presignedUrl() })],
    delivery: Delivery.queued(),
    auth: ApiAuth.apiKey({ clients: ['alice', 'bob'], acceptBearer: true }),
    corsOrigins: ['https://app.example.com'],
  });
  const target = new targets.SqsQueue(new sqs.Queue(stack, 'ImageEvents'));
  images.onImageSucceeded('Succeeded', { target });
  images.onImageFailed('Failed', { target });
  images.onImageDeleted('Deleted', { target });
  return images;
}

/** Returns the text of an intrinsic function, with names instead of references. */
function textOf(value: unknown, names: ReadonlyMap<string, string>): string {
  if (typeof value === 'string') return value;
  const [[name, argument]] = Object.entries(value as Record<string, unknown>);
  if (name === 'Ref') return names.get(argument as string) ?? String(argument).toLowerCase();
  if (name === 'Fn::Join') return (argument as [string, unknown[]])[1].map((part) => textOf(part, names)).join('');
  throw new Error(`the environment contains ${name}, which the benchmark cannot resolve`);
}
