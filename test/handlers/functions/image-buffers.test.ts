import type { Context } from 'aws-lambda';
import { takeImageBuffer } from '../../../src/handlers/models/image-buffers';

/** What the router or the worker does in an invocation. */
const invocation = async () => takeImageBuffer(1).bytes;

jest.mock('../../../src/handlers/functions/load-shared-context', () => ({ loadSharedContext: () => undefined }));
jest.mock('../../../src/handlers/http/router', () => ({ createRouter: () => invocation }));
jest.mock('../../../src/handlers/jobs/worker', () => ({ createWorker: () => invocation }));

it.each(['api', 'worker'])('an invocation of the function %s uses the buffers of the invocation before it', async (name) => {
  const { handler } = await import(`../../../src/handlers/functions/${name}/index`) as { readonly handler: (event: object, context: Partial<Context>) => Promise<unknown> };
  const invoke = () => handler({}, { getRemainingTimeInMillis: () => 1_000 });
  expect(await invoke() === await invoke()).toBe(true);
});
