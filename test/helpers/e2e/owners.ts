import type { ApiResponse, Client } from './client';

type Headers = Record<string, string>;

/** Asserts that each of two callers can access only its own image, on every route. */
export async function expectOwnerIsolation(client: Client, first: Headers, second: Headers): Promise<void> {
  const generate = async (headers: Headers): Promise<ApiResponse> => client.call('POST /images', { headers, body: { prompt: 'a lighthouse' } });
  const [one, two] = [await generate(first), await generate(second)];
  expect([one.status, two.status]).toEqual([201, 201]);
  for (const [headers, own, other] of [[first, one, two], [second, two, one]] as const) {
    expect((await client.call('GET /images', { headers })).json.images.map(({ id }) => id)).toEqual([own.json.id]);
    expect((await client.call(`GET /images/${own.json.id}`, { headers })).status).toBe(200);
    for (const method of ['GET', 'DELETE']) {
      const { status, json } = await client.call(`${method} /images/${other.json.id}`, { headers });
      expect([method, status, json.code]).toEqual([method, 404, 'NOT_FOUND']);
    }
  }
  // Client input never determines the owner.
  const claims = { ...second, 'X-Owner': 'alice', 'X-Amzn-Principal-Id': 'partner-a', 'X-Api-Key': 'x' };
  expect((await client.call(`GET /images/${one.json.id}`, { headers: claims })).status).toBe(404);
}

/** Asserts a 401 or 403 problem document with CORS headers for an allowed origin. */
export function expectAuthError(response: ApiResponse, status: 401 | 403): void {
  expect([response.status, response.json.code]).toEqual([status, status === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN']);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
}
