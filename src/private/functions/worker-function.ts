import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { type BundledFunction, createBundledFunction } from './bundled-function';
import { CONFIGURATION_VARIABLE } from '../contract/configuration';
import { type FunctionNetwork } from '../network/function-network';
import { type QueueBinding } from '../resources/queues';
import { type ResolvedCompute } from '../validation/compute';

export interface WorkerFunctionOptions {
  readonly compute: ResolvedCompute;
  readonly queues: QueueBinding;
  /** Configuration of the handler as JSON. */
  readonly configuration: string;
  readonly logGroup: logs.ILogGroup;
  readonly network?: FunctionNetwork;
  /** Policy of the API function, if both functions have the same role. */
  readonly sharedPolicy?: iam.Policy;
  readonly statements: iam.PolicyStatement[];
}

/** Creates the function that processes jobs. */
export function createWorkerFunction(scope: Construct, options: WorkerFunctionOptions): BundledFunction {
  const { compute, queues, configuration, logGroup, network, sharedPolicy, statements } = options;
  const { role, permissionsBoundary, memorySize, tracing } = compute;
  const worker = createBundledFunction(scope, 'WorkerHandler', {
    bundle: 'worker',
    prefix: 'Worker',
    description: 'Processes queued image generation jobs',
    roleDescription: 'Execution role of the worker of an image API',
    role,
    permissionsBoundary,
    network,
    sharedPolicy,
    statements,
    memorySize,
    timeout: queues.options.timeout,
    tracing,
    environment: { [CONFIGURATION_VARIABLE]: configuration },
    logGroup,
  });
  new lambda.EventSourceMapping(scope, 'WorkerSource', {
    target: worker.handler,
    eventSourceArn: queues.queue.queueArn,
    // one job per invocation: a crash affects no other job, and maxConcurrency is the number of concurrent jobs
    batchSize: 1,
    maxConcurrency: queues.options.maxConcurrency,
    reportBatchItemFailures: true,
  });
  return worker;
}
