import type { Client } from './client';
import type { Offer } from './offers';
import type { Facts } from '../../fixtures/parameter-cases';
import { edgesOf, narrowRangesOf, type RefusalCase, refusalsOf, unsupportedBy } from '../../fixtures/refusal-cases';

interface Told {
  readonly type: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly maxLength: number;
  readonly values: readonly string[];
}
interface ToldOffer {
  readonly id: string;
  readonly operation?: string;
  readonly parameters: Readonly<Record<string, Told>>;
}
interface Fault {
  readonly pointer: string;
  readonly detail: string;
}
interface Ledger {
  readonly total: number;
  readonly guardrailCalls: readonly unknown[];
}

/** Every parameter of every offer: what is outside its range is refused with the range and costs nothing, what is inside is done. */
export function testRefusals(client: () => Client, offers: readonly Offer[]): void {
  beforeEach(() => client().model('ok'));

  const post = ({ path }: Offer, body: object) => client().call(`POST ${path}`, { key: client().alice, body });
  /** Calls that cost money: of models, and of guardrails. */
  async function charged(): Promise<number> {
    const { total, guardrailCalls } = await (await fetch(`${client().app.outputs.controlUrl}/calls`)).json() as Ledger;
    return total + guardrailCalls.length;
  }

  async function expectRefused(offer: Offer, cases: readonly RefusalCase[]): Promise<void> {
    const wrong: string[] = [];
    for (const { body, pointers, says } of cases) {
      const { status, json } = await post(offer, body);
      const errors = (json.errors ?? []) as Fault[];
      const isRight = status === 400 && json.code === 'INVALID_REQUEST' && errors.map(({ pointer }) => pointer).join() === pointers.join()
        && errors.every(({ detail }) => says.every((part) => (typeof part === 'string' ? detail.includes(part) : part.test(detail))));
      if (!isRight) wrong.push(`${shown(body)} was answered ${status} ${shown(json.errors ?? json)}, not 400 of ${pointers.join()} with ${says.join()}`);
    }
    expect(wrong).toEqual([]);
    expect(await charged()).toBe(0);
  }

  it('GET /models tells the ranges of each', async () => {
    const { json } = await client().call('GET /models', { key: client().alice });
    const { models, edits = [], text } = json as unknown as { models: ToldOffer[]; edits?: ToldOffer[]; text?: ToldOffer };
    const told = [...models, ...edits, ...text ? [text] : []];
    expect(told.map(({ id, operation, parameters }) => [operation ?? id, rangesTold(parameters)]))
      .toEqual(offers.map(({ name, facts }) => [name, rangesOf(facts)]));
  });

  it('a refusal tells the range that holds here, not a wider one', async () => {
    for (const offer of offers) await expectRefused(offer, narrowRangesOf(offer));
  });

  describe.each(offers.map((offer) => ({ name: offer.name, offer })))('$name', ({ offer }) => {
    const refusals = refusalsOf(offer);
    it(`refuses what is outside its ranges, or of another type: ${refusals.length} requests`, () => expectRefused(offer, refusals));

    const unsupported = unsupportedBy(offer);
    it(`refuses what only others take: ${unsupported.length} requests`, () => expectRefused(offer, unsupported));

    const edges = edgesOf(offer);
    it(`takes the lowest and the highest of everything: ${edges.length} requests`, async () => {
      for (const body of edges) {
        const { status, json } = await post(offer, body);
        expect([shown(body), status, json.detail]).toEqual([shown(body), offer.path === '/text' ? 200 : 201, undefined]);
        if (offer.sizes) expect(json.images).toMatchObject([{ width: body.width, height: body.height }]);
      }
      expect(await client().modelCalls()).toBe(edges.length);
    });
  });
}

function rangesOf({ wholes, numbers, texts, choices }: Facts): object {
  return { ...wholes, ...numbers, ...texts, ...choices };
}

/** The same of what GET /models tells; of files, sizes and lists there are tests of their own. */
function rangesTold(parameters: ToldOffer['parameters']): object {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== 'count').flatMap(([name, told]) => {
    const range = rangeTold(told);
    return range === undefined ? [] : [[name, range] as const];
  }));
}

function rangeTold({ type, minimum, maximum, maxLength, values }: Told): unknown {
  switch (type) {
    case 'integer':
    case 'number': return [minimum, maximum];
    case 'text': return maxLength;
    case 'choice': return values;
    default: return undefined;
  }
}

/** A request without its pictures and long texts. */
function shown(body: object): string {
  return JSON.stringify(body, (_name, value: unknown) => (typeof value === 'string' && value.length > 200 ? `${value.length} characters` : value));
}
