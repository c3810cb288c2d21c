import { CONFIGURATION, World } from '../../../helpers/world';

const DAY_MS = 24 * 3600 * 1000;
let world: World;
beforeEach(() => { world = new World(); });

async function draw(keyId = 'key-a'): Promise<string> {
  return (await world.call('POST /images', { body: { prompt: 'x' }, keyId })).json.id;
}

describe('GET /images/{id}', () => {
  it('signs the URLs anew', async () => {
    const id = await draw();
    world.time += 10 * 60_000;
    const { status, json } = await world.call(`GET /images/${id}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({ id, status: 'succeeded', images: [{ expiresAt: '2026-11-21T13:10:00.000Z' }] });
  });

  it('never signs for longer than the image lives', async () => {
    const id = await draw();
    world.time += 30 * DAY_MS - 60_000;
    const { json } = await world.call(`GET /images/${id}`);
    expect(json.images[0].expiresAt).toBe('2026-12-21T12:00:00.000Z');
  });

  it('says that an image expired, and gives no URL', async () => {
    const id = await draw();
    world.time += 30 * DAY_MS;
    const { status, json } = await world.call(`GET /images/${id}`);
    expect([status, json.status]).toEqual([200, 'expired']);
    expect(json.images[0]).not.toHaveProperty('url');
    expect(json.images[0]).not.toHaveProperty('expiresAt');
  });

  it.each(['unknown', '01JD0000000000000000000099', '..%2F', '01jd0000000000000000000001'])('fails with 404 when the id is %s', async (id) => {
    await draw();
    const { status, json } = await world.call(`GET /images/${id}`);
    expect([status, json.code]).toEqual([404, 'NOT_FOUND']);
  });

  it('fails with 404 when the image is somebody else\'s', async () => {
    const id = await draw('key-a');
    expect((await world.call(`GET /images/${id}`, { keyId: 'key-b' })).status).toBe(404);
    expect((await world.call(`GET /images/${id}`, { keyId: 'key-a2' })).status).toBe(200);
  });
});

describe('GET /images', () => {
  it('lists the caller\'s own images, newest first, page by page', async () => {
    const ids = [await draw(), await draw(), await draw('key-b'), await draw()];

    const first = await world.call('GET /images', { query: { limit: '2' } });
    const second = await world.call('GET /images', { query: { limit: '2', cursor: String(first.json.cursor) } });

    expect(first.json.images.map(({ id }) => id)).toEqual([ids[3], ids[1]]);
    expect(second.json.images.map(({ id }) => id)).toEqual([ids[0]]);
    expect(second.json).not.toHaveProperty('cursor');
    expect(first.json.images[0]).toMatchObject({ status: 'succeeded', images: [{ url: expect.stringContaining('https:') }] });
  });

  it('is empty for who has none', async () => {
    await draw('key-a');
    expect((await world.call('GET /images', { keyId: 'key-b' })).json.images).toEqual([]);
  });

  it('pages by 20 unless told otherwise', async () => {
    for (let i = 0; i < 21; i++) await draw();
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
  ])('fails when the query is %j', async (query, pointer, says) => {
    const { status, json } = await world.call('GET /images', { query });
    expect([status, json.errors]).toEqual([400, [{ pointer, detail: expect.stringMatching(says) }]]);
  });
});

describe('DELETE /images/{id}', () => {
  it('removes objects and record', async () => {
    const id = await draw();
    expect(await world.call(`DELETE /images/${id}`)).toMatchObject({ status: 204, text: '' });
    expect(world.store.objects.size).toBe(0);
    expect((await world.call(`GET /images/${id}`)).status).toBe(404);
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(404);
  });

  it('fails with 404 and removes nothing when the image is somebody else\'s', async () => {
    const id = await draw('key-a');
    expect((await world.call(`DELETE /images/${id}`, { keyId: 'key-b' })).status).toBe(404);
    expect(world.store.objects.size).toBe(1);
  });

  it('keeps the record when an object cannot be removed', async () => {
    const id = await draw();
    world.store.remove = async () => { throw new Error('slow down'); };
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(500);
    expect(world.records.items).toHaveLength(1);
  });
});

describe('a route that does not exist', () => {
  it('fails with 404, as JSON and with CORS headers', async () => {
    const { status, headers, json } = await world.call('PUT /images');
    expect([status, json.code]).toEqual([404, 'NOT_FOUND']);
    expect(headers['Access-Control-Allow-Origin']).toBe('https://app.example.com');
  });
});

describe('without owners', () => {
  it('shows an image to whoever knows its id', async () => {
    world = new World({ ...CONFIGURATION, auth: { mode: 'none' } });
    const { json } = await world.call('POST /images', { body: { prompt: 'x' }, identity: {} });
    expect((await world.call(`GET /images/${json.id}`, { identity: {} })).status).toBe(200);
  });
});
