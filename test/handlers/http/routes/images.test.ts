import { CONFIGURATION, World } from '../../../helpers/world';

const DAY_MS = 24 * 3600 * 1000;
let world: World;
beforeEach(() => { world = new World(); });

async function createImage(keyId = 'key-a'): Promise<string> {
  return (await world.call('POST /images', { body: { prompt: 'x' }, keyId })).json.id;
}

describe('GET /images/{id}', () => {
  it('returns new presigned URLs', async () => {
    const id = await createImage();
    world.time += 10 * 60_000;
    const { status, json } = await world.call(`GET /images/${id}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({ id, status: 'succeeded', images: [{ expiresAt: '2026-11-21T13:10:00.000Z' }] });
  });

  it('returns URLs that expire with the image at the latest', async () => {
    const id = await createImage();
    world.time += 30 * DAY_MS - 60_000;
    const { json } = await world.call(`GET /images/${id}`);
    expect(json.images[0].expiresAt).toBe('2026-12-21T12:00:00.000Z');
  });

  it('returns the status expired without a URL after the image expired', async () => {
    const id = await createImage();
    world.time += 30 * DAY_MS;
    const { status, json } = await world.call(`GET /images/${id}`);
    expect({ status, json }).toMatchObject({ status: 200, json: { status: 'expired' } });
    expect(json.images[0]).not.toHaveProperty('url');
    expect(json.images[0]).not.toHaveProperty('expiresAt');
  });

  it.each(['unknown', '01JD0000000000000000000099', '..%2F', '01jd0000000000000000000001'])('returns 404 for the id %s', async (id) => {
    await createImage();
    expect(await world.call(`GET /images/${id}`)).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
  });

  it('returns 404 for an image of another owner', async () => {
    const id = await createImage('key-a');
    expect((await world.call(`GET /images/${id}`, { keyId: 'key-b' })).status).toBe(404);
    expect((await world.call(`GET /images/${id}`, { keyId: 'key-a2' })).status).toBe(200);
  });
});

describe('GET /images', () => {
  it('lists the images of the owner in pages, newest first', async () => {
    const ids = [await createImage(), await createImage(), await createImage('key-b'), await createImage()];

    const first = await world.call('GET /images', { query: { limit: '2' } });
    const second = await world.call('GET /images', { query: { limit: '2', cursor: String(first.json.cursor) } });

    expect(first.json.images.map(({ id }) => id)).toEqual([ids[3], ids[1]]);
    expect(second.json.images.map(({ id }) => id)).toEqual([ids[0]]);
    expect(second.json).not.toHaveProperty('cursor');
    expect(first.json.images[0]).toMatchObject({ status: 'succeeded', images: [{ url: expect.stringContaining('https:') }] });
  });

  it('returns an empty list to an owner without images', async () => {
    await createImage('key-a');
    expect((await world.call('GET /images', { keyId: 'key-b' })).json.images).toEqual([]);
  });

  it('returns 20 images by default', async () => {
    for (let i = 0; i < 21; i++) await createImage();
    expect((await world.call('GET /images')).json.images).toHaveLength(20);
  });

  it.each([
    [{ limit: '0' }, 'limit', /integer from 1 to 100, got 0/],
    [{ limit: '101' }, 'limit', /got 101/],
    [{ limit: 'ten' }, 'limit', /got "ten"/],
    [{ limit: '' }, 'limit', /got ""/],
    [{ limit: '007' }, 'limit', /got "007"/],
    [{ limit: '-1' }, 'limit', /got -1/],
    [{ cursor: '' }, 'cursor', /got ""/],
    [{ cursor: 'next' }, 'cursor', /got "next"/],
    [{ page: '2' }, 'page', /the fields are limit, cursor/],
    [{ page: ['2', '3'] }, 'page', /the fields are limit, cursor/],
    [{ limit: ['1', '2'] }, 'limit', /^must not be repeated$/],
    [{ limit: ['2', '2'] }, 'limit', /^must not be repeated$/],
    [{ limit: ['2', '0'] }, 'limit', /got 0/],
    [{ cursor: ['01K00000000000000000000000', '01K00000000000000000000001'] }, 'cursor', /^must not be repeated$/],
  ])('returns 400 for the query %j', async (query, pointer, detail) => {
    const { status, json } = await world.call('GET /images', { query });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer, detail: expect.stringMatching(detail) }]);
  });
});

describe('DELETE /images/{id}', () => {
  it('deletes the objects and the record', async () => {
    const id = await createImage();
    expect(await world.call(`DELETE /images/${id}`)).toMatchObject({ status: 204, text: '' });
    expect(world.store.objects.size).toBe(0);
    expect((await world.call(`GET /images/${id}`)).status).toBe(404);
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(404);
  });

  it('returns 404 and deletes nothing for an image of another owner', async () => {
    const id = await createImage('key-a');
    expect((await world.call(`DELETE /images/${id}`, { keyId: 'key-b' })).status).toBe(404);
    expect(world.store.objects.size).toBe(1);
  });

  it('keeps the record if an object cannot be deleted', async () => {
    const id = await createImage();
    world.store.remove = async () => { throw new Error('slow down'); };
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(500);
    expect(world.records.items).toHaveLength(1);
  });
});

describe('a route that does not exist', () => {
  it('returns 404 as JSON with CORS headers', async () => {
    const { status, headers, json } = await world.call('PUT /images');
    expect({ status, json }).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
    expect(headers['Access-Control-Allow-Origin']).toBe('https://app.example.com');
  });
});

describe('GET /images/{id} without authentication', () => {
  it('returns an image to every caller that has its id', async () => {
    world = new World({ ...CONFIGURATION, auth: { mode: 'none' } });
    const { json } = await world.call('POST /images', { body: { prompt: 'x' }, identity: {} });
    expect((await world.call(`GET /images/${json.id}`, { identity: {} })).status).toBe(200);
  });
});
