import { types } from 'node:util';
import { errorText, serviceMetadata } from './service-error';
import type { MetricMetadata } from '../../private/contract/metrics';

/** Structured log lines. They never contain data of the client: no prompts, keys or presigned URLs. */

export type LogFields = Readonly<Record<string, string | number | boolean | readonly number[] | MetricMetadata | undefined>>;

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

/** An error whose message contains only words of these functions, so that it is logged. */
export class LoggedError extends Error {}

/** Errors of JavaScript, which a bug causes. Their messages name code, not data. `SyntaxError` is missing: that of JSON.parse quotes the text. */
const BUGS = ['TypeError', 'RangeError', 'ReferenceError'];

/**
 * Sentences that operators need, of AWS services and of these functions. A pattern matches fixed words, ARNs and action names only, because
 * services quote the request in their messages in any form: shortened, escaped, encoded, in lower case.
 */
const KNOWN_SENTENCES: readonly RegExp[] = [
  // Bedrock and SageMaker
  /Model access is denied/,
  /not authorized to perform the required AWS Marketplace actions/,
  /AWS Marketplace (subscription|agreement)/i,
  /is not authorized to perform: [a-z0-9-]{2,30}:[A-Za-z]{2,60}/,
  /on resource: arn:[A-Za-z0-9:/._*-]{10,300}/,
  /with an explicit deny in an? [a-z -]{5,40} policy/,
  /because no (identity-based|resource-based|session|permissions boundary|service control) policy allows/,
  /provided model identifier is invalid/,
  /on-demand throughput isn.t supported/,
  /This model version has reached the end of its life/,
  /marked by provider as Legacy/,
  /Too many (requests|tokens)/,
  /exceeds the service quota/,
  /guardrail identifier or version provided in the request does not exist/,
  /security token included in the request is (invalid|expired)/,
  /blocked by our content filters/,
  // DynamoDB, S3, SQS, KMS
  /The conditional request failed/,
  /Requested resource not found/,
  /specified (key|bucket|queue) does not exist/,
  /Item size has exceeded the maximum allowed size/,
  // connections
  /\b(ECONNRESET|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EPIPE|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT)\b|socket hang up|did not establish a connection/,
  /returned status \d{3}/,
  /Request aborted|operation was aborted due to timeout/,
  // these functions
  /^malformed model response: [a-z0-9 ]{1,80}/i,
  /^ValidationException: the body was rejected/,
  /Inference error/,
  /EventBridge rejected the event: [A-Za-z]{3,60}/,
  /S3 returned no body/,
];

/**
 * Returns the name of an error, the status and the request id of an AWS service, and which known sentences its message contains. The rest of
 * the message is not logged, because it may quote the request.
 */
export function describeCause(cause: unknown): LogFields {
  if (!types.isNativeError(cause)) return { cause: typeof cause };
  const { httpStatusCode, requestId } = serviceMetadata(cause);
  const detail = cause instanceof LoggedError || BUGS.includes(cause.name) ? cause.message : knownSentences(errorText(cause));
  return {
    cause: cause.name,
    ...(httpStatusCode !== undefined && { causeStatus: httpStatusCode }),
    ...(requestId !== undefined && { causeRequestId: requestId }),
    ...(detail !== '' && { causeDetail: detail }),
  };
}

function knownSentences(message: string): string {
  return KNOWN_SENTENCES.flatMap((sentence) => sentence.exec(message)?.[0] ?? []).join('; ');
}
