import { EXPOSED_HEADERS } from '../../private/contract/routes';

/** Returns the CORS headers of the response to a request from `origin`. */
export function corsHeaders(allowed: readonly string[], origin: string | undefined): Record<string, string> {
  if (allowed.length === 0) return {};
  const exposed = { 'Access-Control-Expose-Headers': EXPOSED_HEADERS.join(', ') };
  if (allowed.length === 1) return { 'Access-Control-Allow-Origin': allowed[0], ...exposed };
  // the response depends on the origin, so caches must store one per origin
  const vary = { Vary: 'Origin' };
  return origin && allowed.includes(origin) ? { 'Access-Control-Allow-Origin': origin, ...vary, ...exposed } : vary;
}
