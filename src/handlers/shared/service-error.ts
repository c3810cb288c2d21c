/** Returns code and message of an error. The name of a system error is in its code, in its message or in both. */
export function errorText(error: Error): string {
  return `${'code' in error ? String(error.code) : ''} ${error.message}`.trim();
}

/** What an error of the AWS SDK contains about the response. */
export interface ServiceMetadata {
  readonly httpStatusCode?: number;
  readonly requestId?: string;
}

/** Returns what an error contains about the response of an AWS service. Empty if there was none. */
export function serviceMetadata(error: Error): ServiceMetadata {
  return ('$metadata' in error ? error.$metadata as ServiceMetadata | undefined : undefined) ?? {};
}
