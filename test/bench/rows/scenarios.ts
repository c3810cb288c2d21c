import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type Scenario } from './row';
import { apiEvent, type Call } from '../../helpers/api-event';
import { type FakesState } from '../fakes/control';

/** Items that all rows read. They are written by the construct's own function. */
export interface Fixtures {
  /** Id of the API key of the caller. */
  readonly keyId: string;
  /** The latest image of the caller. */
  readonly imageId: string;
  /** Message of a job. */
  readonly message: string;
}

export const LISTED_IMAGES = 20;
const PROMPT = 'A lighthouse in a storm, oil on canvas';

interface ApiResult {
  readonly statusCode: number;
  readonly body: string;
}

/** Parses a response of an API function and compares its status. */
function parsed(response: string, status: number): Readonly<Record<string, unknown>> {
  const { statusCode, body } = JSON.parse(response) as ApiResult;
  assert.equal(statusCode, status, body);
  return body ? JSON.parse(body) as Record<string, unknown> : {};
}

/** Fails unless the stored images are copies of the model's image. */
function checkImages({ images, digest }: FakesState, count: number): void {
  assert.equal(images.length, count, `${images.length} images are stored instead of ${count}`);
  assert.ok(images.every(({ sha256 }) => sha256 === digest), 'the stored images differ from the image of the model');
  assert.ok(images.every(({ contentType }) => contentType === 'image/png'), 'the stored images have another content type');
}

/** Fails unless each request called the model, stored its image and wrote a record. */
function checkStored(state: FakesState, requests: number): void {
  const { calls } = state;
  checkImages(state, requests);
  assert.equal(calls.invoke, requests);
  assert.ok(calls.PutItem >= requests, 'a record was not written');
}

/** Fails unless the URL is presigned with Signature Version 4 and contains the key of the object, or a part of it. */
function checkUrl(url: unknown, key: string): void {
  const { pathname, searchParams } = new URL(String(url));
  assert.ok(decodeURIComponent(pathname).includes(key), `the URL does not name ${key}`);
  assert.match(searchParams.get('X-Amz-Signature') ?? '', /^[0-9a-f]{64}$/);
}

export function emptyScenario(): Scenario {
  return { event: {}, images: 'none', check: (response) => void parsed(response, 200) };
}

function call(route: string, keyId: string, options: Call = {}): object {
  return apiEvent(route, { headers: { 'Content-Type': 'application/json' }, keyId, ...options });
}

/** `POST /images`: generates, stores and records an image, and responds with a presigned URL. */
export function createImage({ keyId }: Pick<Fixtures, 'keyId'>): Scenario {
  return {
    event: call('POST /images', keyId, { body: { prompt: PROMPT } }),
    images: 'all',
    check: (response, state, requests) => {
      const { url, images } = parsed(response, 201) as { url?: string; images?: { url: string }[] };
      checkStored(state, requests);
      checkUrl(url ?? images?.[0].url, state.images.at(-1)!.key);
    },
  };
}

/** `POST /images` with `count`: several images, which are generated at the same time. */
export function createImages({ keyId }: Pick<Fixtures, 'keyId'>, count: number): Scenario {
  return {
    event: call('POST /images', keyId, { body: { prompt: PROMPT, count } }),
    images: 'all',
    check: (response, state, requests) => {
      assert.equal((parsed(response, 201).images as object[]).length, count);
      checkImages(state, requests * count);
    },
  };
}

/** `POST /v1/images/generations` of the OpenAI API, which responds with the image in base64. */
export function openAiGeneration({ keyId }: Fixtures): Scenario {
  return {
    event: call('POST /v1/images/generations', keyId, { body: { prompt: PROMPT } }),
    images: 'small',
    check: (response, state, requests) => {
      const { data: [{ b64_json: base64 }] } = parsed(response, 200) as unknown as { data: { b64_json: string }[] };
      checkStored(state, requests);
      assert.equal(createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex'), state.digest);
    },
  };
}

/** `POST /images` with `Prefer: respond-async`: enqueues a job. */
export function enqueueImage({ keyId }: Pick<Fixtures, 'keyId'>): Scenario {
  return {
    event: call('POST /images', keyId, { body: { prompt: PROMPT }, headers: { 'Content-Type': 'application/json', 'Prefer': 'respond-async' } }),
    images: 'none',
    check: (response, { messages, calls }, requests) => {
      const { id } = parsed(response, 202);
      assert.equal(messages.length, requests);
      assert.equal((JSON.parse(messages.at(-1)!) as { id: string }).id, id);
      assert.ok(calls.PutItem >= requests, 'a record was not written');
    },
  };
}

/** A message of the queue: generates, stores and records the image of the job. */
export function processJob({ message }: Fixtures): Scenario {
  const attributes = { ApproximateReceiveCount: '1' };
  return {
    event: { Records: [{ messageId: 'message-1', receiptHandle: 'receipt-1', body: message, attributes, eventSource: 'aws:sqs' }] },
    images: 'all',
    check: (response, state, requests) => {
      assert.equal(response, '{"batchItemFailures":[]}');
      checkStored(state, requests);
    },
  };
}

/** `GET /images/{id}` */
export function getImage({ keyId, imageId }: Fixtures): Scenario {
  return {
    event: call(`GET /images/${imageId}`, keyId),
    images: 'none',
    check: (response) => {
      const { id, images } = parsed(response, 200) as { id: string; images: { url: string }[] };
      assert.equal(id, imageId);
      checkUrl(images[0].url, imageId);
    },
  };
}

/** `GET /images` */
export function listImages({ keyId }: Fixtures): Scenario {
  return {
    event: call('GET /images', keyId),
    images: 'none',
    check: (response) => {
      const { images } = parsed(response, 200) as { images: { id: string; images: { url: string }[] }[] };
      assert.equal(images.length, LISTED_IMAGES);
      for (const { id, images: [{ url }] } of images) checkUrl(url, id);
    },
  };
}

/** `DELETE /images/{id}`. The fakes keep the image, so that the next request finds it as well. */
export function deleteImage({ keyId, imageId }: Fixtures): Scenario {
  return {
    event: call(`DELETE /images/${imageId}`, keyId),
    images: 'none',
    check: (response, { calls }, requests) => {
      parsed(response, 204);
      assert.ok(calls['s3:DELETE'] >= requests, 'an object was not deleted');
      assert.ok(calls.DeleteItem >= requests, 'a record was not deleted');
    },
  };
}

/** `POST /text` */
export function generateText({ keyId }: Fixtures): Scenario {
  return {
    event: call('POST /text', keyId, { body: { prompt: PROMPT } }),
    images: 'none',
    check: (response, { calls }, requests) => {
      assert.match(String(parsed(response, 200).text), /lighthouse/);
      assert.equal(calls.converse, requests);
    },
  };
}
