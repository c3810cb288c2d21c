import { Duration, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { areKnownToDiffer } from './environments';
import { knownAtSynthesis, numberInRange, secondsInRange } from './rules';
import { type ComputeOptions } from '../../compute';

/** The compute options with defaults. */
export interface ResolvedCompute extends ComputeOptions {
  readonly memorySize: number;
  readonly timeout: Duration;
  readonly logRetention: logs.RetentionDays;
  readonly tracing: lambda.Tracing;
}

export function resolveCompute(compute: ComputeOptions = {}): ResolvedCompute {
  return {
    ...compute,
    memorySize: compute.memorySize ?? 512,
    timeout: compute.timeout ?? Duration.seconds(28),
    logRetention: compute.logRetention ?? logs.RetentionDays.ONE_MONTH,
    tracing: compute.tracing ?? lambda.Tracing.DISABLED,
  };
}

/** The handler reserves 6 seconds for storing images, and starts no model call with less than 4. */
const MIN_TIMEOUT = Duration.seconds(10);

export function computeProblems(compute: ComputeOptions, stackAccount: string): string[] {
  const { memorySize, timeout, reservedConcurrency, provisionedConcurrency } = compute;
  return [
    ...numberInRange('compute.memorySize', memorySize, { min: 128, max: 10_240, integer: true }),
    ...secondsInRange('compute.timeout', timeout, { min: MIN_TIMEOUT, max: Duration.minutes(15) }),
    ...numberInRange('compute.reservedConcurrency', reservedConcurrency, { min: 0, integer: true }),
    ...numberInRange('compute.provisionedConcurrency', provisionedConcurrency, { min: 1, integer: true }),
    ...knownAtSynthesis('compute.provisionedConcurrency', Token.isUnresolved(provisionedConcurrency), 'the CDK checks it when it creates the alias'),
    ...concurrencyProblems(reservedConcurrency, provisionedConcurrency),
    ...roleProblems(compute, stackAccount),
  ];
}

function concurrencyProblems(reserved?: number, provisioned?: number): string[] {
  if (reserved === undefined || provisioned === undefined || Token.isUnresolved(reserved) || Token.isUnresolved(provisioned)) return [];
  if (provisioned <= reserved) return [];
  return [`'compute.provisionedConcurrency' must not exceed 'compute.reservedConcurrency', got ${provisioned} and ${reserved}`];
}

function roleProblems({ role, permissionsBoundary }: ComputeOptions, stackAccount: string): string[] {
  if (role && areKnownToDiffer(role.env.account, stackAccount)) {
    return [`'compute.role' must be in the account of the stack, ${stackAccount}, as AWS Lambda requires, got a role in ${role.env.account}; create a role in that account`];
  }
  const boundaryAccount = permissionsBoundary && accountOf(permissionsBoundary.managedPolicyArn);
  if (areKnownToDiffer(boundaryAccount, stackAccount)) {
    return [`'compute.permissionsBoundary' must be in the account of the stack, ${stackAccount}, as IAM requires, got a policy in ${boundaryAccount}; create the policy in that account`];
  }
  if (role === undefined || permissionsBoundary === undefined) return [];
  return ["'compute.permissionsBoundary' applies to a created role, but 'compute.role' is set; set the boundary on that role"];
}

/** Returns the account in an ARN. The policies of AWS belong to the account `aws`. */
function accountOf(arn: string): string | undefined {
  const account = Token.isUnresolved(arn) ? undefined : arn.split(':')[4];
  return account === 'aws' ? undefined : account;
}
