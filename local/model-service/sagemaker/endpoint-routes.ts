import { acceptInvocation } from './invocation';
import { accessDenied, internalFailure, missingEndpoint, modelError, notReady, throttled, unavailable, validationError } from './sagemaker-errors';
import { bodyTooLarge, ServiceError, unknownOperation } from '../bedrock/bedrock-errors';
import { Control } from '../control/control';
import { Answer, json, readBody, Request } from '../http-exchange';
import { FailureMode, serve } from '../serve-model-call';
import { signedRegion } from '../signature';

export const ENDPOINTS_PATH = '/endpoints';

const MAX_BODY_BYTES = 6_291_456;
const PATH = /^\/endpoints\/(?<name>[^/]+)\/invocations$/;
const NAME = /^[a-zA-Z0-9](?:-*[a-zA-Z0-9]){0,62}$/;

const FAILURES: Readonly<Record<FailureMode, (endpoint: string) => ServiceError>> = {
  'throttle': throttled,
  'end-of-life': missingEndpoint,
  'access-denied': accessDenied,
  'server-error': internalFailure,
  'model-error': (endpoint) => modelError(500, 'CUDA out of memory', endpoint),
  'model-timeout': (endpoint) => modelError(504, 'Your invocation timed out while waiting for a response from container primary.', endpoint),
  'not-ready': notReady,
  'unavailable': unavailable,
  'quota-exceeded': throttled,
};

/** Answers as SageMaker runtime would, or as the mode asks. */
export async function answerEndpointRequest(request: Request, path: string, control: Control, closing: AbortSignal): Promise<Answer> {
  const body = await readBody(request, MAX_BODY_BYTES);
  const endpoint = PATH.exec(path)?.groups?.name;
  if (endpoint === undefined || request.method !== 'POST') return endpointError(unknownOperation());
  const accept = mediaType(request.headers.accept, '*/*');
  try {
    const served = await serve({
      modelId: `endpoint/${endpoint}`,
      accept: async () => {
        signedRegion(request.headers.authorization, 'sagemaker');
        if (body === undefined) throw bodyTooLarge(MAX_BODY_BYTES);
        checkName(endpoint);
        return acceptInvocation({ endpoint, accept, contentType: mediaType(request.headers['content-type'], 'application/octet-stream'), body });
      },
      failure: (mode) => FAILURES[mode](endpoint),
    }, control, closing);
    if (served === 'hang-up') return served;
    return json(200, served, { 'content-type': accept === '*/*' ? 'application/json' : accept, 'x-Amzn-Invoked-Production-Variant': 'AllTraffic' });
  } catch (error) {
    if (error instanceof ServiceError) return endpointError(error);
    throw error;
  }
}

/** Every well-formed name is an endpoint's, but for those that say that they are missing. */
function checkName(endpoint: string): void {
  if (!NAME.test(endpoint)) {
    throw validationError(`1 validation error detected: Value '${endpoint}' at 'endpointName' failed to satisfy constraint: `
      + 'Member must satisfy regular expression pattern: ^[a-zA-Z0-9](-*[a-zA-Z0-9])*');
  }
  if (endpoint.includes('missing')) throw missingEndpoint(endpoint);
}

function mediaType(header: string | undefined, otherwise: string): string {
  return header?.replace(/\s+/g, '').toLowerCase() ?? otherwise;
}

/** This service writes "Message" with a capital. */
function endpointError(error: ServiceError): Answer {
  return json(error.status, { Message: error.message, ...error.details }, { 'x-amzn-ErrorType': error.exception });
}
