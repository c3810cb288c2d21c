import { type CodeRequest, credentialHeaders } from './code-request';
import { jsonLiteral } from './literal';

/** Returns a request as a curl command for a POSIX shell. */
export function curlCode({ apiUrl, path, body, auth }: CodeRequest): string {
  const headers = credentialHeaders(auth).map(({ name, prefix, variable }) => `-H "${name}: ${prefix}$${variable}"`);
  return [
    `curl ${shellQuote(apiUrl + path)}`,
    ...headers,
    "-H 'content-type: application/json'",
    `-d ${shellQuote(jsonLiteral(body))}`,
  ].join(' \\\n  ');
}

/** Quotes a text for a POSIX shell: nothing is expanded between single quotes. */
function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
