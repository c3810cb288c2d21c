import { type Response, CONFIGURATION, World } from '../../../helpers/world';

const edits = { region: 'us-east-1', operations: ['erase'] };
let world: World;
beforeEach(() => { world = new World({ ...CONFIGURATION, edits }); });

const upload = (body: unknown = { contentType: 'image/png' }, keyId = 'key-a') => world.call('POST /images/uploads', { body, keyId });
const fieldsOf = ({ json }: Response) => json.fields as Record<string, unknown>;

describe('POST /images/uploads', () => {
  it.each(['image/png', 'image/jpeg', 'image/webp'])('answers a form for a file of type %s, its limits and its end', async (contentType) => {
    const answer = await upload({ contentType });
    expect(answer.status).toBe(201);
    expect(answer.json).toEqual({
      id: '01JD0000000000000000000001',
      url: 'https://bucket',
      fields: expect.any(Object),
      maxBytes: 25 * 1024 * 1024,
      expiresAt: '2026-11-21T12:15:00.250Z',
    });
    expect(fieldsOf(answer)).toEqual({
      key: expect.stringMatching(/^images\/uploads\/[0-9a-f]{32}\/01JD0000000000000000000001$/), contentType, maxBytes: String(25 * 1024 * 1024), expiresIn: '900',
    });
    expect(world.models.calls).toHaveLength(0);
  });

  it('never signs for longer than the operator allows', async () => {
    world = new World({ ...CONFIGURATION, edits, presignTtlSeconds: 60 });
    const answer = await upload();
    expect([answer.json.expiresAt, fieldsOf(answer).expiresIn]).toEqual(['2026-11-21T12:01:00.250Z', '60']);
  });

  it('keeps to the prefix', async () => {
    world = new World({ ...CONFIGURATION, edits, prefix: '' });
    expect(fieldsOf(await upload()).key).toMatch(/^uploads\/[0-9a-f]{32}\//);
  });

  it('gives each owner a folder of their own, whichever key they use', async () => {
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
  ])('fails when the body is %j', async (body, pointer, says) => {
    const { status, json } = await upload(body);
    expect([status, json.errors]).toEqual([400, [{ pointer, detail: expect.stringMatching(says) }]]);
  });

  it('does not show up as an image', async () => {
    const { json: { id } } = await upload();
    expect((await world.call(`GET /images/${id}`)).status).toBe(404);
    expect((await world.call('GET /images')).json.images).toEqual([]);
  });
});
