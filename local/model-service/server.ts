import { internalError, ServiceError } from './bedrock/bedrock-errors';
import { answerGuardrailRequest, GUARDRAIL_PATH } from './bedrock/guardrail-routes';
import { answerModelRequest } from './bedrock/model-routes';
import { Control } from './control/control';
import { answerControlRequest, CONTROL_PATH } from './control/control-routes';
import { registerFonts } from './drawing/fonts';
import { HOST, listen } from './dual-listener';
import { Answer, errorAnswer, Request, Response, send } from './http-exchange';
import { answerEndpointRequest, ENDPOINTS_PATH } from './sagemaker/endpoint-routes';

export interface ModelServiceOptions {
  /** Absent or 0: any free port. */
  readonly port?: number;
}

export interface ModelService {
  /** What to give the AWS SDK as the endpoint of Bedrock runtime and of SageMaker runtime. */
  readonly url: string;
  /** Where to set the mode and read the calls. */
  readonly controlUrl: string;
  close(): Promise<void>;
}

/** Starts a stand-in for Amazon Bedrock runtime, and for SageMaker runtime on the same port, on this machine. */
export async function startModelService(options: ModelServiceOptions = {}): Promise<ModelService> {
  // Here rather than with the first picture, so that a missing package stops the start and not a request
  registerFonts();
  const control = new Control();
  const closing = new AbortController();

  const answer = async (request: Request): Promise<Answer> => {
    const path = (request.url ?? '/').split('?')[0];
    if (path.startsWith(`${CONTROL_PATH}/`)) return answerControlRequest(request, path, control);
    if (path.startsWith(`${ENDPOINTS_PATH}/`)) return answerEndpointRequest(request, path, control, closing.signal);
    if (path.startsWith(`${GUARDRAIL_PATH}/`)) return answerGuardrailRequest(request, path, control, closing.signal);
    return answerModelRequest(request, path, control, closing.signal);
  };
  const onRequest = (request: Request, response: Response): void => {
    // A caller that is tired of waiting leaves; then there is nobody to answer or to worry about
    let left = false;
    response.once('close', () => { left = true; });
    response.on('error', () => { left = true; });
    answer(request)
      .catch((error: unknown) => {
        if (error instanceof ServiceError) return errorAnswer(error);
        if (!left && !closing.signal.aborted) console.error('model service:', error);
        return errorAnswer(internalError());
      })
      .then((result) => { if (!left) send(request, response, result); })
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
