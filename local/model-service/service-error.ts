/** An error response of a service: the status code, the exception name for the header, the message and additional fields. */
export class ServiceError extends Error {
  constructor(
    readonly status: number, readonly exception: string, message: string, readonly details: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
  }
}
