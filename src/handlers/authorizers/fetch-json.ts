import type { FetchJson } from './token-verifier';

const TIMEOUT_MS = 3_000;

/** Fetches a JSON document. Does not follow redirects, so that keys are read from the URLs of the issuer only. */
export const fetchJson: FetchJson = async (url) => {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error', headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`${url} returned status ${response.status}`);
  return response.arrayBuffer();
};
