import type { HandlerContext } from '../../requests/context';
import type { HttpResponse, HttpRequest } from '../request';

/** `GET /v1/models` */
export async function listModels(_request: HttpRequest, { models }: HandlerContext): Promise<HttpResponse> {
  const data = models.all.map(({ model, known }) => ({
    id: model.id,
    object: 'model',
    // when a model came out is not known here
    created: 0,
    owned_by: known?.provider ?? 'unknown',
  }));
  return { status: 200, json: { object: 'list', data } };
}
