import type { RouteContext } from '../../requests/context';
import type { HttpAnswer, HttpRequest } from '../request';

/** `GET /v1/models` */
export async function listModels(_request: HttpRequest, { models }: RouteContext): Promise<HttpAnswer> {
  const data = models.all.map(({ model, known }) => ({
    id: model.id,
    object: 'model',
    // when a model came out is not known here
    created: 0,
    owned_by: known?.provider ?? 'unknown',
  }));
  return { status: 200, json: { object: 'list', data } };
}
