import { acceptInvocation } from './invocation';
import { accessDenied, internalFailure, missingEndpoint, modelError, notReady, throttled, unavailable, validationError } from './sagemaker-errors';
import { bodyTooLarge, unknownOperation } from '../bedrock/bedrock-errors';
import { type Control } from '../control/control';
import { type ServiceResponse, jsonResponse, readBody, type IncomingRequest } from '../http-exchange';
import { type FailureMode, serveModelCall } from '../serve-model-call';
import { ServiceError } from '../service-error';
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

/** Handles InvokeEndpoint of SageMaker Runtime. */
export async function handleEndpointRequest(
  request: IncomingRequest, path: string, control: Control, closing: AbortSignal,
): Promise<ServiceResponse> {
  const body = await readBody(request, MAX_BODY_BYTES);
  const endpoint = PATH.exec(path)?.groups?.name;
  if (endpoint === undefined || request.method !== 'POST') return endpointErrorResponse(unknownOperation());
  const accept = mediaType(request.headers.accept, '*/*');
  try {
    const response = await serveModelCall({
      modelId: `endpoint/${endpoint}`,
      accept: async () => {
        signedRegion(request.headers.authorization, 'sagemaker');
        if (body === undefined) throw bodyTooLarge(MAX_BODY_BYTES);
        checkName(endpoint);
        return acceptInvocation({ endpoint, accept, contentType: mediaType(request.headers['content-type'], 'application/octet-stream'), body });
      },
      failure: (mode) => FAILURES[mode](endpoint),
    }, control, closing);
    if (response === 'reset') return response;
    return jsonResponse(200, response, { 'content-type': accept === '*/*' ? 'application/json' : accept, 'x-Amzn-Invoked-Production-Variant': 'AllTraffic' });
  } catch (error) {
    if (error instanceof ServiceError) return endpointErrorResponse(error);
    throw error;
  }
}

/** Checks the name of an endpoint. Every valid name exists, except for names that contain `missing`. */
function checkName(endpoint: string): void {
  if (!NAME.test(endpoint)) {
    throw validationError(`1 validation error detected: Value '${endpoint}' at 'endpointName' failed to satisfy constraint: `
      + 'Member must satisfy regular expression pattern: ^[a-zA-Z0-9](-*[a-zA-Z0-9])*');
  }
  if (endpoint.includes('missing')) throw missingEndpoint(endpoint);
}

function mediaType(header: string | undefined, fallback: string): string {
  return header?.replace(/\s+/g, '').toLowerCase() ?? fallback;
}

/** Creates an error response of SageMaker, which uses the field `Message`. */
function endpointErrorResponse(error: ServiceError): ServiceResponse {
  return jsonResponse(error.status, { Message: error.message, ...error.details }, { 'x-amzn-ErrorType': error.exception });
}
