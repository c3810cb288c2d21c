import type { Answer, Client } from './client';

type Headers = Record<string, string>;

/** Two callers draw, and neither finds the other's image by any route. */
export async function expectOwnImagesOnly(client: Client, first: Headers, second: Headers): Promise<void> {
  const draw = async (headers: Headers): Promise<Answer> => client.call('POST /images', { headers, body: { prompt: 'a lighthouse' } });
  const [one, two] = [await draw(first), await draw(second)];
  expect([one.status, two.status]).toEqual([201, 201]);
  for (const [headers, own, other] of [[first, one, two], [second, two, one]] as const) {
    expect((await client.call('GET /images', { headers })).json.images.map(({ id }) => id)).toEqual([own.json.id]);
    expect((await client.call(`GET /images/${own.json.id}`, { headers })).status).toBe(200);
    for (const method of ['GET', 'DELETE']) {
      const { status, json } = await client.call(`${method} /images/${other.json.id}`, { headers });
      expect([method, status, json.code]).toEqual([method, 404, 'NOT_FOUND']);
    }
  }
  // what the caller writes about himself counts for nothing
  const claims = { ...second, 'X-Owner': 'alice', 'X-Amzn-Principal-Id': 'partner-a', 'X-Api-Key': 'x' };
  expect((await client.call(`GET /images/${one.json.id}`, { headers: claims })).status).toBe(404);
}

/** A refusal that a browser of an allowed origin can read. */
export function expectRefused(answer: Answer, status: 401 | 403): void {
  expect([answer.status, answer.json.code]).toEqual([status, status === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN']);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
}
