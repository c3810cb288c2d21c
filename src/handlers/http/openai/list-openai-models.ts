import type { HandlerContext } from '../../requests/context';
import type { HttpResponse, HttpRequest } from '../request';

/** `GET /v1/models` */
export async function listModels(_request: HttpRequest, { models }: HandlerContext): Promise<HttpResponse> {
  const data = models.all.map(({ model, catalogEntry }) => ({
    id: model.id,
    object: 'model',
    // required by the OpenAI API; the catalog has no release dates
    created: 0,
    owned_by: catalogEntry?.provider ?? 'unknown',
  }));
  return { status: 200, json: { object: 'list', data } };
}
