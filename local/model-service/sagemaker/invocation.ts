import { jumpStartFaults, jumpStartWork } from './jumpstart';
import { fileForm, NESTED_FORM, ImageForm } from './response-image';
import { modelError } from './sagemaker-errors';
import { ServiceError } from '../bedrock/bedrock-errors';
import { Work } from '../families/family';
import { STABILITY_V1 } from '../families/stability-v1';
import { MODEL_FACTS } from '../schema/documented-facts';
import { isObject, JsonObject } from '../schema/schema-validation';

/** What reaches the container of an endpoint. */
export interface Invocation {
  readonly endpoint: string;
  readonly contentType: string;
  readonly accept: string;
  readonly body: Buffer;
}

/** What a real endpoint runs stands in the account. There is no account here, so the name says it. */
export async function acceptInvocation(invocation: Invocation): Promise<Work> {
  return invocation.endpoint.includes('sdxl') ? acceptXl(invocation) : acceptJumpStart(invocation);
}

const XL_FACTS = MODEL_FACTS.filter(({ modelId }) => modelId === 'stability.stable-diffusion-xl-v1')[0];

/** Stable Diffusion XL takes what it took on Bedrock; the container's refusals come wrapped. */
async function acceptXl(invocation: Invocation): Promise<Work> {
  const { endpoint, contentType, accept } = invocation;
  checkTypes(invocation, contentType === 'application/json', ['*/*', 'application/json', 'application/json;png'].includes(accept));
  try {
    return wrapped(await STABILITY_V1.accept(XL_FACTS, jsonBody(invocation)), endpoint);
  } catch (error) {
    throw asModelError(error, endpoint);
  }
}

function wrapped(work: Work, endpoint: string): Work {
  return { ...work, filtered: async (what) => work.filtered(what).catch((error: unknown) => { throw asModelError(error, endpoint); }) };
}

function asModelError(error: unknown, endpoint: string): unknown {
  return error instanceof ServiceError && error.exception === 'ValidationException' ? modelError(400, error.message, endpoint) : error;
}

function acceptJumpStart(invocation: Invocation): Work {
  const { endpoint, contentType, accept, body } = invocation;
  const isText = contentType === 'application/x-text';
  const form = formOf(endpoint, accept);
  checkTypes(invocation, isText || ['application/json', 'application/json;jpeg'].includes(contentType), form !== undefined);
  const request = isText ? { prompt: body.toString('utf8') } : jsonBody(invocation);
  const faults = jumpStartFaults(request);
  if (faults.length > 0) throw modelError(400, faults.join('; '), endpoint);
  const work = jumpStartWork(endpoint, request, form as ImageForm);
  return isText ? single(work) : work;
}

/** A bare text is answered with one image, under another name. */
function single(work: Work): Work {
  const renamed = ({ generated_images: images, prompt }: JsonObject): JsonObject => ({ generated_image: (images as unknown[])[0], prompt });
  return {
    answer: async () => renamed(await work.answer()),
    filtered: async (what) => renamed(await work.filtered(what)),
    truncated: async () => renamed(await work.truncated()),
  };
}

/** Some containers write PNG where most write JPEG; whose do, the name says too. */
function formOf(endpoint: string, accept: string): ImageForm | undefined {
  switch (accept) {
    case '*/*':
    case 'application/json': return NESTED_FORM;
    case 'application/json;jpeg': return fileForm(endpoint.includes('png') ? 'png' : 'jpeg');
    default: return undefined;
  }
}

function checkTypes({ endpoint, contentType, accept }: Invocation, isTaken: boolean, isAnswered: boolean): void {
  if (!isTaken) throw modelError(415, `Content type ${contentType} is not supported by this framework.`, endpoint);
  if (!isAnswered) throw modelError(406, `Accept type ${accept} is not supported by this framework.`, endpoint);
}

function jsonBody({ body, endpoint }: Invocation): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw modelError(400, 'The request body is not valid JSON.', endpoint);
  }
  if (!isObject(value)) throw modelError(400, '#: expected type: JSONObject', endpoint);
  return value;
}
