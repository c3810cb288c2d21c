import { internalError } from './bedrock/bedrock-errors';
import { handleGuardrailRequest, GUARDRAIL_PATH } from './bedrock/guardrail-routes';
import { handleModelRequest } from './bedrock/model-routes';
import { Control } from './control/control';
import { handleControlRequest, CONTROL_PATH } from './control/control-routes';
import { registerFonts } from './drawing/fonts';
import { HOST, listen } from './dual-listener';
import { type ServiceResponse, errorResponse, type IncomingRequest, type OutgoingResponse, sendResponse } from './http-exchange';
import { handleEndpointRequest, ENDPOINTS_PATH } from './sagemaker/endpoint-routes';
import { ServiceError } from './service-error';

export interface ModelServiceOptions {
  /** Port of the service. Without it, or with 0, a free port. */
  readonly port?: number;
}

export interface ModelService {
  /** Endpoint of Bedrock Runtime and SageMaker Runtime for the AWS SDKs. */
  readonly url: string;
  /** URL to set the mode and to read the calls. */
  readonly controlUrl: string;
  close(): Promise<void>;
}

/** Starts the model service: Amazon Bedrock Runtime and SageMaker Runtime on one local port. */
export async function startModelService(options: ModelServiceOptions = {}): Promise<ModelService> {
  // at the start, so that a missing package fails here and not during a request
  registerFonts();
  const control = new Control();
  const closing = new AbortController();

  const onRequest = (request: IncomingRequest, response: OutgoingResponse): void => {
    let disconnected = false;
    response.once('close', () => { disconnected = true; });
    response.on('error', () => { disconnected = true; });
    route(request, control, closing.signal)
      .catch((error: unknown) => {
        if (error instanceof ServiceError) return errorResponse(error);
        if (!disconnected && !closing.signal.aborted) console.error('model service:', error);
        return errorResponse(internalError());
      })
      .then((result) => { if (!disconnected) sendResponse(request, response, result); })
      .catch((error: unknown) => console.error('model service:', error));
  };

  const listener = await listen(options.port ?? 0, onRequest);
  const url = `http://${HOST}:${listener.port}`;
  return {
    url,
    controlUrl: url + CONTROL_PATH,
    close: async () => {
      closing.abort();
      await listener.close();
    },
  };
}

/** Passes a request to the handler of its path. */
async function route(request: IncomingRequest, control: Control, closing: AbortSignal): Promise<ServiceResponse> {
  const path = (request.url ?? '/').split('?')[0];
  if (path.startsWith(`${CONTROL_PATH}/`)) return handleControlRequest(request, path, control);
  if (path.startsWith(`${ENDPOINTS_PATH}/`)) return handleEndpointRequest(request, path, control, closing);
  if (path.startsWith(`${GUARDRAIL_PATH}/`)) return handleGuardrailRequest(request, path, control, closing);
  return handleModelRequest(request, path, control, closing);
}
