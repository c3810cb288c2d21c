import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { BundledFunction, createBundledFunction } from './bundled-function';
import { CONFIGURATION_VARIABLE } from '../contract/configuration';
import { ResolvedQueue } from '../resources/queue-options';
import { Queues } from '../resources/queues';
import { ResolvedCompute } from '../validation/compute';

export interface WorkerFunctionOptions {
  readonly compute: ResolvedCompute;
  readonly delivery: ResolvedQueue;
  readonly queues: Queues;
  /** The JSON document for the environment. */
  readonly configuration: string;
  readonly logGroup: logs.ILogGroup;
  /** Of the same role, which is brought by the user: gets the statements too. */
  readonly sharedPolicy?: iam.Policy;
  readonly statements: iam.PolicyStatement[];
}

/** The function that works on jobs. */
export function createWorker(scope: Construct, options: WorkerFunctionOptions): BundledFunction {
  const { compute, delivery, queues, configuration, logGroup, sharedPolicy, statements } = options;
  const { role, permissionsBoundary, memorySize, tracing } = compute;
  const worker = createBundledFunction(scope, 'WorkerHandler', {
    bundle: 'worker',
    prefix: 'Worker',
    description: 'Draws what was asked of an image API to be drawn later',
    roleDescription: 'Runs the worker of an image API',
    role,
    permissionsBoundary,
    sharedPolicy,
    statements,
    memorySize,
    timeout: delivery.timeout,
    tracing,
    environment: { [CONFIGURATION_VARIABLE]: configuration },
    logGroup,
  });
  new lambda.EventSourceMapping(scope, 'WorkerSource', {
    target: worker.handler,
    eventSourceArn: queues.queue.queueArn,
    // one job an invocation: a worker that dies takes no other job with it, and as many are drawn at once as there are workers
    batchSize: 1,
    maxConcurrency: delivery.maxConcurrency,
    reportBatchItemFailures: true,
  });
  return worker;
}
