import { Client } from './client';
import { picture } from './pictures';

interface Parameter {
  readonly type: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly values?: readonly string[];
  readonly required?: boolean;
}
interface Offer {
  readonly id: string;
  readonly operation?: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

const INPUT = picture(128, 128).toString('base64');

/** Values just beyond what a parameter takes, and of another type; with what the answer has to say. */
function wrong({ type, minimum = 0, maximum = 0, maxLength = 0, values = [] }: Parameter): [value: unknown, says: string[]][] {
  const range = [String(minimum), String(maximum)];
  switch (type) {
    case 'integer': return [[minimum - 1, range], [maximum + 1, range], [String(minimum), range], [minimum + 0.5, range]];
    case 'number': return [[minimum - 0.01, range], [maximum + 0.01, range], ['much', range]];
    case 'choice': return [['other', [...values]], [7, []]];
    case 'text': return [['x'.repeat(maxLength + 1), [String(maxLength)]], [7, ['text']], ['', []]];
    default: return [['no picture', []], [7, []]];
  }
}

/** A request that would be drawn. */
function good({ id, operation, parameters }: Offer): Record<string, unknown> {
  const required = Object.entries(parameters).filter(([, { required: isRequired }]) => isRequired)
    .map(([name, { type }]) => [name, type === 'image' ? INPUT : 'a boat']);
  const special = operation === 'outpaint' ? { left: 10 } : {};
  return { ...Object.fromEntries(required), ...special, ...(operation ? { operation } : { model: id }) };
}

describe('what GET /models of examples/models tells is what is refused, and a refusal costs nothing', () => {
  let client: Client;
  let offers: Offer[];
  beforeAll(async () => {
    client = await Client.start({ app: 'examples/models' });
    const { models, edits } = (await client.call('GET /models', { key: client.alice })).json as unknown as { models: Offer[]; edits: Offer[] };
    offers = [...models, ...edits];
  }, 600_000);
  afterAll(() => client?.app.close());

  it('every parameter of every model and edit', async () => {
    await client.model('ok');
    const cases = offers.flatMap((offer) => Object.entries(offer.parameters).flatMap(([name, parameter]) =>
      wrong(parameter).map(([value, says]) => ({ offer, name, value, says }))));
    expect(cases.length).toBeGreaterThan(300);
    for (const { offer, name, value, says } of cases) {
      const path = offer.operation ? '/images/edits' : '/images';
      const { status, json } = await client.call(`POST ${path}`, { key: client.alice, body: { ...good(offer), [name]: value } });
      const fault = (json.errors as { pointer: string; detail: string }[] | undefined)?.find(({ pointer }) => pointer === `/${name}`);
      expect([offer.id, name, status, fault?.pointer]).toEqual([offer.id, name, 400, `/${name}`]);
      for (const part of says) expect(fault?.detail).toContain(part);
    }
    expect(await client.modelCalls()).toBe(0);
  }, 300_000);

  it('every parameter that a model does not have', async () => {
    await client.model('ok');
    const names = [...new Set(offers.flatMap(({ operation, parameters }) => (operation ? Object.keys(parameters) : [])))];
    for (const offer of offers.filter(({ operation }) => operation)) {
      for (const name of names.filter((candidate) => !(candidate in offer.parameters))) {
        const value = { image: INPUT, mask: INPUT, styleImage: INPUT, aspectRatio: '1:1', style: 'anime', outputFormat: 'png' }[name] ?? (/rompt/.test(name) ? 'x' : 1);
        const { status, json } = await client.call('POST /images/edits', { key: client.alice, body: { ...good(offer), [name]: value } });
        expect([offer.operation, name, status, json.errors?.[0]]).toEqual([
          offer.operation, name, 400, { pointer: `/${name}`, detail: `is not supported by ${offer.id}` },
        ]);
      }
    }
    expect(await client.modelCalls()).toBe(0);
  }, 300_000);

  it('while the same requests without the fault are drawn', async () => {
    await client.model('ok');
    for (const offer of offers) {
      const path = offer.operation ? '/images/edits' : '/images';
      expect([offer.id, (await client.call(`POST ${path}`, { key: client.alice, body: good(offer) })).status]).toEqual([offer.id, 201]);
    }
    expect(await client.modelCalls()).toBe(16);
  }, 300_000);
});
