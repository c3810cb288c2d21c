import type { HandlerConfiguration } from '../../../../src/private/contract/configuration';
import { imageFile } from '../../../fixtures/images';
import { LEASE_MS, QUEUED, QueuedWorld } from '../../../helpers/queued-world';

const FILE = imageFile(96, 64);
const base64 = FILE.toString('base64');
const CONFIG: HandlerConfiguration = { ...QUEUED, models: [...QUEUED.models, { id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' }] };
const ASYNC = { Prefer: 'respond-async' };

let world: QueuedWorld;
const start = (more: Partial<HandlerConfiguration> = {}) => {
  world = new QueuedWorld({ ...CONFIG, ...more });
  world.models.respond = ({ seed }) => ({ bytes: FILE, seed, contentType: 'image/png', width: 96, height: 64 });
};
beforeEach(() => start());

const removeBackground = (image: string, headers: Record<string, string> = {}) =>
  world.call('POST /images/edits', { body: { operation: 'remove-background', image }, headers });
const createImage = async (count = 1) => (await world.call('POST /images', { body: { prompt: 'x', count } })).json.id;
const upload = async () => {
  const { json } = await world.call('POST /images/uploads', { body: { contentType: 'image/png' } });
  world.store.putUpload((json.fields as Record<string, string>).key, FILE);
  return json.id;
};
const laterSourceOf = async (id: string) => (await world.call(`GET /images/${id}`)).json.source;

describe('the source of an image', () => {
  it('is the id and the index of the image that the request names', async () => {
    const id = await createImage(3);
    for (const [image, index] of [[id, 0], [`${id}/0`, 0], [`${id}/2`, 2]] as const) {
      const { json } = await removeBackground(image);
      expect(json.source).toEqual({ id, index });
      expect(await laterSourceOf(json.id)).toEqual({ id, index });
      expect((await world.call('GET /images')).json.images[0]).toMatchObject({ id: json.id, source: { id, index } });
    }
  });

  it('is the image of POST /images, too', async () => {
    const id = await createImage();
    const { json } = await world.call('POST /images', { body: { prompt: 'x', model: 'sd3-5-large', image: id, strength: 0.5 } });
    expect(json.source).toEqual({ id, index: 0 });
  });

  it('is absent for an upload and for a file, and for a style image', async () => {
    for (const image of [await upload(), base64]) {
      const { status, json } = await removeBackground(image);
      expect({ status, source: json.source, later: await laterSourceOf(json.id) }).toEqual({ status: 201 });
    }
    const body = { operation: 'style-transfer', image: base64, styleImage: await createImage() };
    const { status, json } = await world.call('POST /images/edits', { body });
    expect({ status, source: json.source }).toEqual({ status: 201 });
    expect(await world.call('POST /images', { body: { prompt: 'x' } })).not.toHaveProperty('json.source');
  });

  it('remains after the image was deleted', async () => {
    const id = await createImage();
    const { json } = await removeBackground(id);
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(204);
    expect(await laterSourceOf(json.id)).toEqual({ id, index: 0 });
  });

  it('is absent without owners, because anyone who has the edited image could then read the original', async () => {
    start({ auth: { mode: 'none' } });
    const id = await createImage();
    const { status, json } = await removeBackground(id);
    expect({ status, source: json.source }).toEqual({ status: 201 });
    expect(JSON.stringify(world.records.items.at(-1))).not.toContain(id);
  });

  it('is read together with the image', async () => {
    const id = await createImage();
    const get = jest.spyOn(world.records, 'get');
    await removeBackground(id);
    expect(get.mock.calls).toEqual([['client:alice', id]]);
  });

  it('is recorded by a repeated request that finds its images stored', async () => {
    const id = await createImage();
    const headers = { 'Idempotency-Key': 'k' };
    world.records.fails = true;
    expect((await removeBackground(id, headers)).json.warning).toBe('RECORD_FAILED');
    world.records.fails = false;
    world.time += LEASE_MS;
    const { json } = await removeBackground(id, headers);
    expect(world.models.calls).toHaveLength(2);
    expect([json.source, await laterSourceOf(json.id)]).toEqual([{ id, index: 0 }, { id, index: 0 }]);
  });
});

describe('the source of a job', () => {
  it('is in the response that enqueues it, and in the later ones', async () => {
    const id = await createImage();
    const { status, json } = await removeBackground(id, ASYNC);
    expect({ status, source: json.source }).toEqual({ status: 202, source: { id, index: 0 } });
    await world.drain();
    expect(await world.status(json.id)).toMatchObject({ status: 'succeeded', source: { id, index: 0 } });
  });

  it('is in the records of a batch, which reads each image once', async () => {
    const id = await createImage(2);
    const get = jest.spyOn(world.records, 'get');
    const images = [id, `${id}/1`, await upload(), base64];
    const requests = images.map((image) => ({ operation: 'remove-background', image }));
    const { json } = await world.call('POST /images/batches', { body: { requests } });
    expect(get.mock.calls.filter(([, read]) => read === id)).toHaveLength(1);
    const sources = [{ id, index: 0 }, { id, index: 1 }, undefined, undefined];
    const sourcesOf = async (status: string) => Promise.all(json.images.map(async (image) => {
      const current = await world.status(String(image.id));
      expect(current.status).toBe(status);
      return current.source;
    }));
    expect(await sourcesOf('queued')).toEqual(sources);
    await world.deliverAll();
    expect(await sourcesOf('succeeded')).toEqual(sources);
  });
});
