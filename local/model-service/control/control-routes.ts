import { Control, parseMode } from './control';
import { Answer, json, readBody, Request } from '../http-exchange';

export const CONTROL_PATH = '/_control';

const MAX_BODY_BYTES = 10_000;
const ROUTES = `GET and PUT ${CONTROL_PATH}/mode, GET and DELETE ${CONTROL_PATH}/calls and GET ${CONTROL_PATH}/health`;

/** The tester's side of the service: `/_control/mode`, `/_control/calls` and `/_control/health`. */
export async function answerControlRequest(request: Request, path: string, control: Control): Promise<Answer> {
  const body = await readBody(request, MAX_BODY_BYTES);
  switch (`${request.method} ${path.slice(CONTROL_PATH.length)}`) {
    case 'GET /health': return json(200, { status: 'ok' });
    case 'GET /mode': return json(200, control.mode);
    case 'PUT /mode': return changeMode(body, control);
    case 'GET /calls': return json(200, control.calls);
    case 'DELETE /calls':
      control.forgetCalls();
      return { status: 204 };
    default: return json(404, { message: `${request.method} ${path} does not exist; there are ${ROUTES}` });
  }
}

function changeMode(body: Buffer | undefined, control: Control): Answer {
  try {
    control.setMode(parseMode(JSON.parse(body?.toString('utf8') ?? '')));
    return json(200, control.mode);
  } catch (error) {
    if (error instanceof SyntaxError) return json(400, { message: 'the body must be JSON such as {"mode":"throttle","times":1}' });
    if (error instanceof TypeError) return json(400, { message: error.message });
    throw error;
  }
}
