import type { ExpectedCharge, ExpectedLogLine, ExpectedResponse, ExpectedStorage, FaultArea, FaultRow } from './rows';

const HEADER = `# Faults

This page lists what clients receive, what is charged, what is stored and what is logged if something fails. It is generated: each row is a test of
\`test/e2e/faults.test.ts\`, which causes the fault in a local run and compares all columns. \`npm run docs:faults\` renders the page from the rows in
\`test/fixtures/faults\`. \`npm run check:slow guards\` removes single checks of the code, one at a time, and requires that the rows which depend on them fail.

- **Client**: status, \`code\` and \`Retry-After\` in seconds. See [Errors](errors.md).
- **Charged**: calls of models, how many of them returned an image, and the increase of the daily budgets in US dollars. A call that may have been charged
  counts in the budgets, so that they are not exceeded. One image costs $0.04.
- **Stored**: new objects in the bucket, image records and idempotency keys in the table, and messages in the dead-letter queue. Budget items are not included.
- **Logged**: all lines of the functions, with the fields that identify the cause. The suite checks that no line contains a prompt, an API key, a token or a
  presigned URL, and that no error response contains a prompt or an API key.
`;

/** Renders the rows of the fault matrix as Markdown. */
export function faultsPage(areas: readonly FaultArea[]): string {
  const count = areas.reduce((sum, { rows }) => sum + rows.length, 0);
  return [HEADER, `The matrix has ${count} rows.\n`, ...areas.map(section)].join('\n');
}

function section({ name, about, rows }: FaultArea): string {
  return [`## ${name}\n`, `${about}\n`, '| Fault | Client | Charged | Stored | Logged |', '|---|---|---|---|---|', ...rows.map(tableRow), ''].join('\n');
}

function tableRow({ fault, response, charged, stored, logged }: FaultRow): string {
  return `| ${[fault, responseText(response), chargeText(charged), storageText(stored), logText(logged)].map(escaped).join(' | ')} |`;
}

function responseText({ status, code, retryAfter, errors, problem, body = {}, withinMs }: ExpectedResponse): string {
  const { status: state, warning } = body;
  return [
    [status, code && `\`${code}\``].filter(Boolean).join(' '),
    ...errors ? [`errors of ${errors.map((pointer) => (pointer === '' ? 'the body' : `\`${pointer}\``)).join(', ')}`] : [],
    ...retryAfter === undefined ? [] : [`\`Retry-After\` ${retryAfter === 'midnight' ? 'until midnight UTC' : String(retryAfter)}`],
    ...state === undefined ? [] : [`\`status\` ${String(state)}`],
    ...problem === undefined ? [] : [`\`problem.code\` \`${problem}\``],
    ...warning === undefined ? [] : [`\`warning\` \`${String(warning)}\`${warning === 'STORAGE_FAILED' ? ', image in base64' : ''}`],
    ...withinMs === undefined ? [] : [`within ${withinMs / 1000} s`],
  ].join(', ');
}

function chargeText({ calls, images, usd }: ExpectedCharge): string {
  return calls === 0 && usd === 0 ? 'nothing' : `${counted(calls, 'call')}, ${counted(images, 'image')}, $${usd}`;
}

function storageText({ images = 0, documents = 0, records = 0, keys = 0, deadLetters = 0 }: ExpectedStorage): string {
  const parts = [
    [images, 'image'], [documents, 'other object'], [records, 'record'], [keys, 'idempotency key'], [deadLetters, 'message in the dead-letter queue'],
  ] as const;
  const texts = parts.filter(([count]) => count > 0).map(([count, noun]) => counted(count, noun));
  return texts.join(', ') || 'nothing';
}

function logText(lines: readonly ExpectedLogLine[]): string {
  return lines.map(({ message, fields, times = 1 }) => {
    const values = Object.entries(fields).filter(([name]) => name !== 'status').map(([name, value]) => `${name} ${String(value)}`);
    const { status } = fields;
    const text = [message, ...status === undefined ? [] : [String(status)]].join(' ');
    return `${text}${values.length > 0 ? ` (${values.join(', ')})` : ''}${times > 1 ? `, ${times} times` : ''}`;
  }).join('; ') || 'nothing';
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
