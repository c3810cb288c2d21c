import { type Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';

/**
 * Compute options of the API function.
 *
 * With `Delivery.queued()`, memory size, tracing, role and permissions boundary also apply to the worker. Tracing, log retention and
 * permissions boundary also apply to the authorizer functions.
 */
export interface ComputeOptions {
  /**
   * Memory size of the function in MB, from 128 to 10,240.
   *
   * CPU increases with memory. Most of the time the function waits for the model, so more memory mainly shortens cold starts.
   *
   * @default 512
   */
  readonly memorySize?: number;

  /**
   * Timeout of one request, from 10 seconds to 15 minutes. The last 6 seconds are reserved for storing images.
   *
   * The integration timeout of API Gateway is one second longer. Above 28 seconds, deployment fails unless the API Gateway quota "Maximum
   * integration timeout in milliseconds" was raised in the account and Region.
   *
   * @default Duration.seconds(28)
   */
  readonly timeout?: Duration;

  /**
   * Retention of the access log and of the logs of all functions.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Reserved concurrency of the function: the maximum number of concurrent requests, reserved from the concurrency of the account.
   *
   * API Gateway returns 500 to requests above it; use `limits` to throttle callers. 0 turns the API off.
   *
   * @default - the unreserved concurrency of the account
   */
  readonly reservedConcurrency?: number;

  /**
   * Provisioned concurrency of the function.
   *
   * AWS charges for it by the hour, also when the function is idle. Adds a version and an alias, which API Gateway invokes.
   *
   * @default 0
   */
  readonly provisionedConcurrency?: number;

  /**
   * AWS X-Ray tracing of the function and, if `ACTIVE`, of the API stage.
   *
   * @default lambda.Tracing.DISABLED
   */
  readonly tracing?: lambda.Tracing;

  /**
   * Execution role of the function, in the account of the stack. AWS Lambda must be allowed to assume it.
   *
   * The role gets the same permissions as a created role, in an inline policy in the stack of this construct.
   *
   * @default - a role without managed policies is created
   */
  readonly role?: iam.IRole;

  /**
   * Permissions boundary of the created roles.
   *
   * Cannot be combined with `role`: set the boundary on that role.
   *
   * @default - no boundary
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;
}
