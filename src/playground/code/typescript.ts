import { type CodeRequest, credentialHeaders } from './code-request';
import { indent, jsonLiteral } from './literal';

/** Returns a request as TypeScript with `fetch`, for Node.js. */
export function typescriptCode({ apiUrl, path, body, auth }: CodeRequest): string {
  const headers = credentialHeaders(auth).map(({ name, prefix, variable }) => `    ${jsonLiteral(name)}: \`${prefix}\${process.env.${variable}}\`,\n`);
  return `const response = await fetch(${jsonLiteral(apiUrl + path)}, {
  method: "POST",
  headers: {
${headers.join('')}    "content-type": "application/json",
  },
  body: JSON.stringify(${indent(jsonLiteral(body), 2)}),
});
const image = await response.json();
console.log(response.status, image);
`;
}
