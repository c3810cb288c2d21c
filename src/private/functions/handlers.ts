import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { type ApiFunction, createApiFunction } from './api-function';
import { type BundledFunction } from './bundled-function';
import { renderConfiguration } from './environment';
import { createLogGroup, writeLogs } from './log-groups';
import { type HandlerResources, handlerStatements } from './permissions';
import { validateTrust } from './role-trust';
import { createWorkerFunction } from './worker-function';
import { type HandlerConfiguration } from '../contract/configuration';
import { type FunctionNetwork } from '../network/function-network';
import { enqueueStatement, type QueueBinding, workerStatements } from '../resources/queues';
import { type ResolvedCompute } from '../validation/compute';

export interface HandlersOptions extends Omit<HandlerResources, 'logGroup'> {
  readonly compute: ResolvedCompute;
  /** Evaluated at synthesis. */
  readonly configuration: () => HandlerConfiguration;
  readonly network?: FunctionNetwork;
  readonly queues?: QueueBinding;
}

/** A function with its log group. */
type WithLogs<T extends BundledFunction> = T & { readonly logGroup: logs.LogGroup };

export interface Handlers {
  readonly api: WithLogs<ApiFunction>;
  readonly worker?: WithLogs<BundledFunction>;
  /** The policies of the functions. */
  readonly policies: readonly iam.Policy[];
}

/** Creates the API function and, with a queue, the worker. */
export function createHandlers(scope: Construct, options: HandlersOptions): Handlers {
  const { compute, encryptionKey, network, queues } = options;
  if (compute.role) validateTrust(scope, compute.role);
  const createLogs = (id: string) => createLogGroup(scope, id, { retention: compute.logRetention, encryptionKey });
  const apiLogs = createLogs('HandlerLogs');
  const api = createApiFunction(scope, {
    compute,
    configuration: renderConfiguration(scope, options.configuration),
    logGroup: apiLogs,
    network,
    statements: [...handlerStatements({ ...options, logGroup: apiLogs }), ...(queues ? [enqueueStatement(queues)] : [])],
  });
  if (!queues) return { api: { ...api, logGroup: apiLogs }, policies: [api.policy] };
  const workerLogs = createLogs('WorkerLogs');
  const worker = createWorkerFunction(scope, {
    compute,
    queues,
    configuration: renderConfiguration(scope, options.configuration),
    logGroup: workerLogs,
    network,
    // the role of the user already has the statements of the handler; two policies could exceed the size limit of a role
    sharedPolicy: compute.role && api.policy,
    statements: [...(compute.role ? [writeLogs(workerLogs)] : handlerStatements({ ...options, logGroup: workerLogs })), ...workerStatements(queues)],
  });
  return { api: { ...api, logGroup: apiLogs }, worker: { ...worker, logGroup: workerLogs }, policies: [...new Set([api.policy, worker.policy])] };
}
