import { type Response, CONFIGURATION, World } from '../../../helpers/world';

const edits = { region: 'us-east-1', operations: ['erase'] };
let world: World;
beforeEach(() => { world = new World({ ...CONFIGURATION, edits }); });

const upload = (body: unknown = { contentType: 'image/png' }, keyId = 'key-a') => world.call('POST /images/uploads', { body, keyId });
const fieldsOf = ({ json }: Response) => json.fields as Record<string, unknown>;

describe('POST /images/uploads', () => {
  it.each(['image/png', 'image/jpeg', 'image/webp'])('returns a form for a %s file, with its limits and expiration', async (contentType) => {
    const response = await upload({ contentType });
    expect(response.status).toBe(201);
    expect(response.json).toEqual({
      id: '01JD0000000000000000000001',
      url: 'https://bucket',
      fields: expect.any(Object),
      maxBytes: 25 * 1024 * 1024,
      expiresAt: '2026-11-21T12:15:00.250Z',
    });
    expect(fieldsOf(response)).toEqual({
      key: expect.stringMatching(/^images\/uploads\/[0-9a-f]{32}\/01JD0000000000000000000001$/), contentType, maxBytes: String(25 * 1024 * 1024), expiresIn: '900',
    });
    expect(world.models.calls).toHaveLength(0);
  });

  it('does not sign for longer than the configured maximum', async () => {
    world = new World({ ...CONFIGURATION, edits, presignTtlSeconds: 60 });
    const response = await upload();
    expect(response.json.expiresAt).toBe('2026-11-21T12:01:00.250Z');
    expect(fieldsOf(response).expiresIn).toBe('60');
  });

  it('uses the configured prefix', async () => {
    world = new World({ ...CONFIGURATION, edits, prefix: '' });
    expect(fieldsOf(await upload()).key).toMatch(/^uploads\/[0-9a-f]{32}\//);
  });

  it('uses one folder per owner, for all keys of the owner', async () => {
    const folders = await Promise.all(['key-a', 'key-a2', 'key-b'].map(async (keyId) => String(fieldsOf(await upload(undefined, keyId)).key).split('/')[2]));
    expect(folders[0]).toBe(folders[1]);
    expect(folders[2]).not.toBe(folders[0]);
  });

  it.each([
    [{}, '/contentType', /is required: one of image\/png, image\/jpeg, image\/webp/],
    [{ contentType: 'image/gif' }, '/contentType', /one of image\/png, image\/jpeg, image\/webp, got "image\/gif"/],
    [{ contentType: 'image/svg+xml' }, '/contentType', /got "image\/svg\+xml"/],
    [{ contentType: 7 }, '/contentType', /got 7/],
    [{ contentType: 'image/png', key: '../x' }, '/key', /the fields are contentType/],
  ])('returns 400 for the body %j', async (body, pointer, detail) => {
    const { status, json } = await upload(body);
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer, detail: expect.stringMatching(detail) }]);
  });

  it('does not create an image', async () => {
    const { json: { id } } = await upload();
    expect((await world.call(`GET /images/${id}`)).status).toBe(404);
    expect((await world.call('GET /images')).json.images).toEqual([]);
  });
});
