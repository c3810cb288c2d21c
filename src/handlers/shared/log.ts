import { types } from 'node:util';

/** Structured log lines. Whatever a client said, holds or is handed (prompt, key, signed URL) never goes in. */

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Logger {
  info(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Writes these fields into each line. */
export function withFields(log: Logger, always: LogFields): Logger {
  return {
    info: (message, fields) => log.info(message, { ...fields, ...always }),
    error: (message, fields) => log.error(message, { ...fields, ...always }),
  };
}

/** Straight to stdout: `console.log` in Lambda puts a prefix before the line, which then is no longer JSON to Logs Insights. */
export function jsonLogger(write: (line: string) => void = (line) => process.stdout.write(line)): Logger {
  const log = (level: string, message: string, fields: LogFields = {}) =>
    write(`${JSON.stringify({ level, time: new Date().toISOString(), message, ...fields })}\n`);
  return {
    info: (message, fields) => log('info', message, fields),
    error: (message, fields) => log('error', message, fields),
  };
}

const MAX_CAUSE_LENGTH = 400;
/** Removing shorter ones would tell nobody anything less, and leave no word of the cause. */
const SHORTEST_SECRET = 4;

/** The name and message of an error, without URLs and without what the client said, should a service have echoed it. */
export function describeCause(cause: unknown, secrets: readonly string[] = []): LogFields {
  if (!types.isNativeError(cause)) return { cause: typeof cause };
  const text = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    // as it is, and as it stands in a JSON document
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    // one can be part of another: removed before it, it would leave the rest of the longer one
    .sort((a, b) => b.length - a.length)
    .reduce((message, secret) => message.replaceAll(secret, '[redacted]'), cause.message)
    .replace(/https?:\/\/\S+/g, '[url]');
  return { cause: cause.name, causeDetail: text.slice(0, MAX_CAUSE_LENGTH) };
}
