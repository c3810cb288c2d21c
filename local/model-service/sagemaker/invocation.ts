import { jumpStartViolations, jumpStartOutcomes } from './jumpstart';
import { base64File, PIXEL_ROWS, type ResponseImageFormat } from './response-image';
import { modelError } from './sagemaker-errors';
import { type Outcomes } from '../families/family';
import { STABILITY_V1 } from '../families/stability-v1';
import { MODEL_FACTS } from '../schema/documented-facts';
import { isObject, type JsonObject } from '../schema/schema-validation';
import { ServiceError } from '../service-error';

/** A request to the container of an endpoint. */
export interface Invocation {
  readonly endpoint: string;
  readonly contentType: string;
  readonly accept: string;
  readonly body: Buffer;
}

/** Validates an invocation. The name of the endpoint selects its model: Stable Diffusion XL for `sdxl`, else Stable Diffusion of JumpStart. */
export async function acceptInvocation(invocation: Invocation): Promise<Outcomes> {
  return invocation.endpoint.includes('sdxl') ? acceptStableDiffusionXl(invocation) : acceptJumpStart(invocation);
}

const XL_FACTS = MODEL_FACTS.filter(({ modelId }) => modelId === 'stability.stable-diffusion-xl-v1')[0];

/** Validates a request to Stable Diffusion XL. It accepts the same body as on Bedrock and returns validation errors as ModelError. */
async function acceptStableDiffusionXl(invocation: Invocation): Promise<Outcomes> {
  const { endpoint, contentType, accept } = invocation;
  checkTypes(invocation, contentType === 'application/json', ['*/*', 'application/json', 'application/json;png'].includes(accept));
  try {
    return withModelErrors(await STABILITY_V1.accept(XL_FACTS, jsonBody(invocation)), endpoint);
  } catch (error) {
    throw toModelError(error, endpoint);
  }
}

function withModelErrors(outcomes: Outcomes, endpoint: string): Outcomes {
  return { ...outcomes, filtered: async (what) => outcomes.filtered(what).catch((error: unknown) => { throw toModelError(error, endpoint); }) };
}

function toModelError(error: unknown, endpoint: string): unknown {
  return error instanceof ServiceError && error.exception === 'ValidationException' ? modelError(400, error.message, endpoint) : error;
}

function acceptJumpStart(invocation: Invocation): Outcomes {
  const { endpoint, contentType, accept, body } = invocation;
  const isText = contentType === 'application/x-text';
  const format = responseFormat(endpoint, accept);
  checkTypes(invocation, isText || ['application/json', 'application/json;jpeg'].includes(contentType), format !== undefined);
  const request = isText ? { prompt: body.toString('utf8') } : jsonBody(invocation);
  const violations = jumpStartViolations(request);
  if (violations.length > 0) throw modelError(400, violations.join('; '), endpoint);
  const outcomes = jumpStartOutcomes(endpoint, request, format as ResponseImageFormat);
  return isText ? singleImage(outcomes) : outcomes;
}

/** Changes the responses to a plain text request: one image in `generated_image`. */
function singleImage(outcomes: Outcomes): Outcomes {
  const renamed = ({ generated_images: images, prompt }: JsonObject): JsonObject => ({ generated_image: (images as unknown[])[0], prompt });
  return {
    success: async () => renamed(await outcomes.success()),
    filtered: async (what) => renamed(await outcomes.filtered(what)),
    truncated: async () => renamed(await outcomes.truncated()),
  };
}

/** Returns the image format of a response. Containers return JPEG, or PNG if the name of the endpoint contains `png`. */
function responseFormat(endpoint: string, accept: string): ResponseImageFormat | undefined {
  switch (accept) {
    case '*/*':
    case 'application/json': return PIXEL_ROWS;
    case 'application/json;jpeg': return base64File(endpoint.includes('png') ? 'png' : 'jpeg');
    default: return undefined;
  }
}

function checkTypes({ endpoint, contentType, accept }: Invocation, isContentTypeSupported: boolean, isAcceptSupported: boolean): void {
  if (!isContentTypeSupported) throw modelError(415, `Content type ${contentType} is not supported by this framework.`, endpoint);
  if (!isAcceptSupported) throw modelError(406, `Accept type ${accept} is not supported by this framework.`, endpoint);
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
