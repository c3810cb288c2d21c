import { type Control, parseMode } from './control';
import { type ServiceResponse, jsonResponse, readBody, type IncomingRequest } from '../http-exchange';

export const CONTROL_PATH = '/_control';

const MAX_BODY_BYTES = 10_000;
const ROUTES = `GET and PUT ${CONTROL_PATH}/mode, GET and DELETE ${CONTROL_PATH}/calls and GET ${CONTROL_PATH}/health`;

/** Handles `/_control/mode`, `/_control/calls` and `/_control/health`. */
export async function handleControlRequest(request: IncomingRequest, path: string, control: Control): Promise<ServiceResponse> {
  const body = await readBody(request, MAX_BODY_BYTES);
  switch (`${request.method} ${path.slice(CONTROL_PATH.length)}`) {
    case 'GET /health': return jsonResponse(200, { status: 'ok' });
    case 'GET /mode': return jsonResponse(200, control.mode);
    case 'PUT /mode': return setMode(body, control);
    case 'GET /calls': return jsonResponse(200, control.calls);
    case 'DELETE /calls':
      control.clearCalls();
      return { status: 204 };
    default: return jsonResponse(404, { message: `${request.method} ${path} does not exist; use ${ROUTES}` });
  }
}

function setMode(body: Buffer | undefined, control: Control): ServiceResponse {
  try {
    control.setMode(parseMode(JSON.parse(body?.toString('utf8') ?? '')));
    return jsonResponse(200, control.mode);
  } catch (error) {
    if (error instanceof SyntaxError) return jsonResponse(400, { message: 'the body must be JSON such as {"mode":"throttle","times":1}' });
    if (error instanceof TypeError) return jsonResponse(400, { message: error.message });
    throw error;
  }
}
