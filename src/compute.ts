import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';

/**
 * How the function behind the API runs.
 */
export interface ComputeOptions {
  /**
   * Memory of the function in MiB, from 128 to 10,240.
   *
   * CPU grows with it. The function mostly waits for the model, so more memory shortens cold starts and little else.
   *
   * @default 512
   */
  readonly memorySize?: number;

  /**
   * How long one request may take, from 10 seconds to 15 minutes.
   *
   * Six seconds of it are kept for storing what the model drew. The gateway waits one second longer. Above 28 seconds deployment fails unless the quota "Maximum integration timeout
   * in milliseconds" of API Gateway was raised in the account and region.
   *
   * @default Duration.seconds(28)
   */
  readonly timeout?: Duration;

  /**
   * How long the function's log and the access log are kept.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * The most requests that run at once, also set aside from the concurrency of the account.
   *
   * Requests above it are answered 500 by the gateway; prefer `limits` for callers. 0 stops the API.
   *
   * @default - the unreserved concurrency of the account
   */
  readonly reservedConcurrency?: number;

  /**
   * Number of function instances that are kept warm.
   *
   * They are charged by the hour, also when idle. Builds a version and an alias that the API calls.
   *
   * @default 0
   */
  readonly provisionedConcurrency?: number;

  /**
   * X-Ray traces of the function, and of the API where the value is `ACTIVE`.
   *
   * @default lambda.Tracing.DISABLED
   */
  readonly tracing?: lambda.Tracing;

  /**
   * Role that the function runs with, in the account of the stack; Lambda must be allowed to assume it.
   *
   * It gets the same permissions as a role created here, by an inline policy in this construct's stack.
   *
   * @default - a role of its own, with no managed policies
   */
  readonly role?: iam.IRole;

  /**
   * Permissions boundary of the role that is created.
   *
   * Contradicts `role`: set the boundary there.
   *
   * @default - no boundary
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;
}
