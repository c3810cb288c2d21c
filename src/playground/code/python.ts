import { type CodeRequest, credentialHeaders } from './code-request';
import { indent, jsonLiteral } from './literal';

/** Returns a request as Python with the standard library. */
export function pythonCode({ apiUrl, path, body, auth }: CodeRequest): string {
  const headers = credentialHeaders(auth).map(({ name, prefix, variable }) => {
    const value = `os.environ[${jsonLiteral(variable)}]`;
    return `        ${jsonLiteral(name)}: ${prefix === '' ? value : `${jsonLiteral(prefix)} + ${value}`},\n`;
  });
  return `import json
${headers.length > 0 ? 'import os\n' : ''}import urllib.request

body = ${pythonLiteral(body)}
request = urllib.request.Request(
    ${jsonLiteral(apiUrl + path)},
    data=json.dumps(body).encode(),
    headers={
${headers.join('')}        "content-type": "application/json",
    },
)
with urllib.request.urlopen(request) as response:
    image = json.load(response)
print(image)
`;
}

/** Returns a JSON value as Python. Strings of JSON are strings of Python, but its constants have other names. */
function pythonLiteral(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return listOf('[', value.map(pythonLiteral), ']');
  if (typeof value === 'object') return listOf('{', Object.entries(value).map(([key, item]) => `${jsonLiteral(key)}: ${pythonLiteral(item)}`), '}');
  return jsonLiteral(value);
}

function listOf(open: string, items: readonly string[], close: string): string {
  return items.length === 0 ? open + close : `${open}\n${items.map((item) => `    ${indent(item, 4)},\n`).join('')}${close}`;
}
