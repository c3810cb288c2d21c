import { createSend, type SendOptions } from '../../../src/playground/api/send';

const PROBLEM = { type: 'urn:x', title: 'T', status: 429, detail: 'd', code: 'THROTTLED', requestId: 'r', error: {} };

function sendWith(respond: (url: string, init: RequestInit) => Response | Promise<Response>, options: Partial<SendOptions> = {}) {
  const requests: { url: string; init: RequestInit }[] = [];
  const send = createSend({
    base: '/api',
    fetch: async (url, init) => {
      requests.push({ url: String(url), init: init! });
      return respond(String(url), init!);
    },
    authorize: (headers) => headers.set('x-api-key', 'secret'),
    renew: async () => false,
    isOnline: () => true,
    onBudget: () => undefined,
    onUnauthenticated: () => undefined,
    ...options,
  });
  return { send, requests };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers });

describe('requests of the page', () => {
  it('have the credentials, the key and the preference for jobs, and no cookies', async () => {
    const { send, requests } = sendWith(() => json(202, { id: 'a' }));
    await send({ method: 'POST', path: '/images', body: { prompt: 'a fox' }, key: 'k', enqueue: true });
    const [{ url, init }] = requests;
    expect(url).toBe('/api/images');
    expect(init).toMatchObject({ method: 'POST', credentials: 'omit', body: '{"prompt":"a fox"}' });
    expect(Object.fromEntries(new Headers(init.headers))).toEqual({
      'accept': 'application/json', 'content-type': 'application/json', 'idempotency-key': 'k', 'prefer': 'respond-async', 'x-api-key': 'secret',
    });
  });

  it('return the value of a response, and nothing for 204', async () => {
    expect(await sendWith(() => json(201, { id: 'a' })).send({ method: 'GET', path: '/x' })).toEqual({ ok: true, status: 201, value: { id: 'a' } });
    expect(await sendWith(() => new Response(null, { status: 204 })).send({ method: 'DELETE', path: '/x' })).toEqual({ ok: true, status: 204, value: undefined });
  });

  it('return a problem with the seconds of Retry-After and whether it is remembered', async () => {
    const { send } = sendWith(() => json(429, PROBLEM, { 'retry-after': '12', 'idempotency-replayed': 'true' }));
    expect(await send({ method: 'GET', path: '/x' })).toEqual({ ok: false, problem: PROBLEM, retryAfter: 12, replayed: true });
  });

  it('return what remains of the budget with a problem, so that the budget can be told from the quota of a key', async () => {
    const { send } = sendWith(() => json(429, PROBLEM, { 'x-budget-remaining-usd': '0.02' }));
    expect(await send({ method: 'GET', path: '/x' })).toMatchObject({ problem: { code: 'THROTTLED', budgetRemainingUsd: 0.02 } });
  });

  it.each(['Wed, 21 Oct 2026 07:28:00 GMT', '-1', '1e9', ''])('ignore the Retry-After %p of a proxy', async (value) => {
    const { send } = sendWith(() => json(429, PROBLEM, { 'retry-after': value }));
    expect(await send({ method: 'GET', path: '/x' })).not.toHaveProperty('retryAfter');
  });

  it.each([
    ['HTML with status 200', () => new Response('<h1>Hello</h1>')],
    ['HTML of an error page', () => new Response('<h1>502</h1>', { status: 502 })],
    ['JSON that is no problem', () => json(403, { message: 'Forbidden' })],
    ['JSON that is no object', () => json(200, null)],
  ])('are lost after %s', async (_, respond) => {
    expect(await sendWith(respond).send({ method: 'GET', path: '/x' })).toEqual({ ok: false, lost: 'unreachable' });
  });

  it('are lost without a connection, and never throw', async () => {
    const fail = () => { throw new TypeError('Failed to fetch'); };
    expect(await sendWith(fail).send({ method: 'GET', path: '/x' })).toEqual({ ok: false, lost: 'connection' });
    expect(await sendWith(fail, { isOnline: () => false }).send({ method: 'GET', path: '/x' })).toEqual({ ok: false, lost: 'offline' });
    const broken = () => ({ status: 200, ok: true, headers: new Headers(), text: async () => { throw new TypeError('network error'); } }) as unknown as Response;
    expect(await sendWith(broken).send({ method: 'GET', path: '/x' })).toEqual({ ok: false, lost: 'connection' });
  });

  it('that the user stopped are lost for that reason', async () => {
    const controller = new AbortController();
    const { send } = sendWith((_, { signal }) => new Promise((__, reject) => signal!.addEventListener('abort', () => reject(new Error('aborted')))));
    const result = send({ method: 'GET', path: '/x', signal: controller.signal });
    controller.abort();
    expect(await result).toEqual({ ok: false, lost: 'stopped' });
  });

  it('report the budget, and that the credentials are not accepted', async () => {
    const onBudget = jest.fn();
    const onUnauthenticated = jest.fn();
    const options = { onBudget, onUnauthenticated };
    await sendWith(() => json(201, {}, { 'x-budget-remaining-usd': '0.36' }), options).send({ method: 'GET', path: '/x' });
    await sendWith(() => json(200, {}), options).send({ method: 'GET', path: '/x' });
    await sendWith(() => json(401, { ...PROBLEM, code: 'UNAUTHENTICATED', status: 401 }), options).send({ method: 'GET', path: '/x' });
    expect(onBudget.mock.calls).toEqual([[0.36]]);
    expect(onUnauthenticated).toHaveBeenCalledTimes(1);
  });

  describe('with rejected credentials', () => {
    const UNAUTHENTICATED = { ...PROBLEM, code: 'UNAUTHENTICATED', status: 401 };
    const bearer = (request: { init: RequestInit }) => new Headers(request.init.headers).get('authorization');

    function renewing(renew: () => Promise<boolean>, accepted: string) {
      let token = 'old';
      const onUnauthenticated = jest.fn();
      return {
        onUnauthenticated,
        ...sendWith((_, { headers }) => (new Headers(headers).get('authorization') === accepted ? json(201, { id: 'a' }) : json(401, UNAUTHENTICATED)), {
          authorize: (headers) => headers.set('authorization', token),
          renew: async (headers) => {
            expect(headers.get('authorization')).toBe('old');
            token = 'new';
            return renew();
          },
          onUnauthenticated,
        }),
      };
    }

    it('are sent once more with new credentials, with the same key and body', async () => {
      const { send, requests, onUnauthenticated } = renewing(async () => true, 'new');
      expect(await send({ method: 'POST', path: '/images', body: { prompt: 'a fox' }, key: 'k' })).toMatchObject({ ok: true, value: { id: 'a' } });
      expect(requests.map(bearer)).toEqual(['old', 'new']);
      expect(requests.map(({ init }) => [init.body, new Headers(init.headers).get('idempotency-key')])).toEqual(Array(2).fill(['{"prompt":"a fox"}', 'k']));
      expect(onUnauthenticated).not.toHaveBeenCalled();
    });

    it('are not sent a third time', async () => {
      const { send, requests, onUnauthenticated } = renewing(async () => true, 'another');
      expect(await send({ method: 'GET', path: '/x' })).toMatchObject({ problem: { code: 'UNAUTHENTICATED' } });
      expect(requests.map(bearer)).toEqual(['old', 'new']);
      expect(onUnauthenticated).toHaveBeenCalledTimes(1);
    });

    it('are not sent again without new credentials', async () => {
      const { send, requests, onUnauthenticated } = renewing(async () => false, 'new');
      expect(await send({ method: 'GET', path: '/x' })).toMatchObject({ problem: { code: 'UNAUTHENTICATED' } });
      expect(requests).toHaveLength(1);
      expect(onUnauthenticated).toHaveBeenCalledTimes(1);
    });

    it('are those of a response 401 only', async () => {
      const renew = jest.fn(async () => true);
      await sendWith(() => json(403, { ...PROBLEM, code: 'FORBIDDEN', status: 403 }), { renew }).send({ method: 'GET', path: '/x' });
      expect(renew).not.toHaveBeenCalled();
    });

    it('are lost, and the session goes on, if the user pool does not respond', async () => {
      const { send, onUnauthenticated } = renewing(async () => { throw new Error('unreachable'); }, 'new');
      expect(await send({ method: 'GET', path: '/x' })).toEqual({ ok: false, lost: 'connection' });
      expect(onUnauthenticated).not.toHaveBeenCalled();
    });
  });
});
