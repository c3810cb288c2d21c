import { respondWithImages } from './create-images';
import { EDIT_REQUEST_SCHEMA } from '../../../private/contract/requests';
import type { HandlerContext } from '../../requests/context';
import { formBody, isForm } from '../body/multipart';
import { jsonBody, type HttpResponse, type HttpRequest } from '../request';

/** `POST /images/edits` */
export async function editImages(request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const data = isForm(request) ? await formBody(request, EDIT_REQUEST_SCHEMA) : jsonBody(request);
  return respondWithImages(request, context, { route: 'POST /images/edits', data });
}
