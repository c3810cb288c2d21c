/** The routes that the page uses. */
import { type Send } from './send';
import { type JsonObject } from '../../private/contract/json-object';
import { type BatchCreatedResponse, type BatchResponse, type Capabilities, type ImageListResponse, type ImageResponse } from '../../private/contract/responses';
import { type ApiResult } from '../api-result';

export interface CreateOptions {
  readonly key: string;
  readonly enqueue: boolean;
  readonly signal?: AbortSignal;
}

/** A form with which one file is uploaded to the bucket. */
export interface UploadForm {
  /** Input image of a request. */
  readonly id: string;
  readonly url: string;
  /** Fields that come before the file. */
  readonly fields: Readonly<Record<string, string>>;
  readonly maxBytes: number;
}

export interface Api {
  /** `GET /models` */
  capabilities(): Promise<ApiResult<Capabilities>>;
  /** `POST /images` */
  createImages(body: JsonObject, options: CreateOptions): Promise<ApiResult<ImageResponse>>;
  /** `POST /images/edits` */
  editImage(body: JsonObject, options: CreateOptions): Promise<ApiResult<ImageResponse>>;
  /** `POST /images/batches` */
  createBatch(body: JsonObject, key: string): Promise<ApiResult<BatchCreatedResponse>>;
  /** `GET /images/batches/{id}` */
  getBatch(id: string): Promise<ApiResult<BatchResponse>>;
  /** `POST /images/uploads` */
  createUpload(contentType: string): Promise<ApiResult<UploadForm>>;
  /** `GET /images/{id}` */
  getImage(id: string): Promise<ApiResult<ImageResponse>>;
  /** `GET /images`, newest first. */
  listImages(limit: number, cursor?: string): Promise<ApiResult<ImageListResponse>>;
  /** `DELETE /images/{id}`: deletes an image, or cancels a job that is not running. */
  deleteImage(id: string): Promise<ApiResult<undefined>>;
  /** `POST /text` */
  generateText(body: JsonObject): Promise<ApiResult<{ readonly text: string }>>;
}

export function createApi(send: Send): Api {
  const image = (id: string) => `/images/${encodeURIComponent(id)}`;
  return {
    capabilities: () => send({ method: 'GET', path: '/models' }),
    createImages: (body, { key, enqueue, signal }) => send({ method: 'POST', path: '/images', body, key, enqueue, ...(signal && { signal }) }),
    editImage: (body, { key, enqueue, signal }) => send({ method: 'POST', path: '/images/edits', body, key, enqueue, ...(signal && { signal }) }),
    createBatch: (body, key) => send({ method: 'POST', path: '/images/batches', body, key }),
    getBatch: (id) => send({ method: 'GET', path: `/images/batches/${encodeURIComponent(id)}` }),
    createUpload: (contentType) => send({ method: 'POST', path: '/images/uploads', body: { contentType } }),
    getImage: (id) => send({ method: 'GET', path: image(id) }),
    listImages: (limit, cursor) => send({ method: 'GET', path: `/images?${new URLSearchParams({ limit: String(limit), ...(cursor !== undefined && { cursor }) }).toString()}` }),
    deleteImage: (id) => send({ method: 'DELETE', path: image(id) }),
    generateText: (body) => send({ method: 'POST', path: '/text', body }),
  };
}
