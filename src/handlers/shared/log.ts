import { types } from 'node:util';

/** Structured log lines. They never contain data of the client: no prompts, keys or presigned URLs. */

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Logger {
  info(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Returns a logger that adds fields to each line. */
export function withFields(log: Logger, common: LogFields): Logger {
  return {
    info: (message, fields) => log.info(message, { ...fields, ...common }),
    error: (message, fields) => log.error(message, { ...fields, ...common }),
  };
}

/** Creates a logger that writes JSON to stdout. `console.log` in Lambda adds a prefix, so that Logs Insights would not parse the line as JSON. */
export function jsonLogger(write: (line: string) => void = (line) => process.stdout.write(line)): Logger {
  const log = (level: string, message: string, fields: LogFields = {}) =>
    write(`${JSON.stringify({ level, time: new Date().toISOString(), message, ...fields })}\n`);
  return {
    info: (message, fields) => log('info', message, fields),
    error: (message, fields) => log('error', message, fields),
  };
}

const MAX_DETAIL_LENGTH = 400;
/** Shorter secrets occur in ordinary words, and redacting them would hide nothing. */
const MIN_SECRET_LENGTH = 4;

/** Returns name and message of an error. Redacts URLs and `secrets`, which a service may have quoted in its message. */
export function describeCause(cause: unknown, secrets: readonly string[] = []): LogFields {
  if (!types.isNativeError(cause)) return { cause: typeof cause };
  const detail = secrets
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
    // plain and escaped in JSON
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    // the longest first, because it can contain a shorter one
    .sort((a, b) => b.length - a.length)
    .reduce((message, secret) => message.replaceAll(secret, '[redacted]'), cause.message)
    .replace(/https?:\/\/\S+/g, '[url]');
  return { cause: cause.name, causeDetail: detail.slice(0, MAX_DETAIL_LENGTH) };
}
