import { UPLOAD_MAX_BYTES, UPLOAD_REQUEST_SCHEMA } from '../../../private/contract/requests';
import { uploadKey } from '../../generation/storage/keys';
import type { HandlerContext } from '../../requests/context';
import { schemaErrors } from '../../requests/validation-errors';
import { validateUploadRequest } from '../../requests/validators/upload-request.generated';
import { invalidRequest } from '../../shared/api-error';
import { jsonBody, type HttpResponse, type HttpRequest } from '../request';

/** Allows an upload of 25 MB over a slow connection. */
const UPLOAD_TTL_SECONDS = 900;

/** `POST /images/uploads`: returns a presigned POST for an input image that is too large for a request body. */
export async function createUpload(request: HttpRequest, { configuration, ports, signer }: HandlerContext): Promise<HttpResponse> {
  const body = jsonBody(request);
  const fieldErrors = schemaErrors(validateUploadRequest, UPLOAD_REQUEST_SCHEMA, body);
  if (fieldErrors.length > 0) throw invalidRequest(fieldErrors);
  const id = ports.newId();
  const expiresIn = Math.min(UPLOAD_TTL_SECONDS, configuration.presignTtlSeconds);
  const { url, fields } = await signer.signUpload(uploadKey(request.owner, id, configuration.prefix), {
    contentType: String(body.contentType), maxBytes: UPLOAD_MAX_BYTES, expiresIn,
  });
  const expiresAt = new Date(ports.clock.now() + expiresIn * 1000).toISOString();
  return { status: 201, json: { id, url, fields, maxBytes: UPLOAD_MAX_BYTES, expiresAt } };
}
