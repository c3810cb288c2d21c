import { EXPOSED_HEADERS } from '../../private/contract/routes';

/** CORS headers of an answer to a request from `origin`. */
export function corsHeaders(allowed: readonly string[], origin: string | undefined): Record<string, string> {
  if (allowed.length === 0) return {};
  const exposed = { 'Access-Control-Expose-Headers': EXPOSED_HEADERS.join(', ') };
  if (allowed.length === 1) return { 'Access-Control-Allow-Origin': allowed[0], ...exposed };
  // caches must not hand one origin's answer to another
  const vary = { Vary: 'Origin' };
  return origin && allowed.includes(origin) ? { 'Access-Control-Allow-Origin': origin, ...vary, ...exposed } : vary;
}
