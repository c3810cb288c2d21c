import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { type Construct } from 'constructs';
import { maxJobAgeSeconds, type ResolvedQueue } from './queue-options';
import { type ConfiguredQueue } from '../contract/configuration';

/** The maximum of SQS: failed jobs wait here for an operator. */
const DEAD_LETTER_RETENTION = Duration.days(14);

export interface QueueBinding {
  readonly queue: sqs.Queue;
  readonly deadLetterQueue: sqs.Queue;
  readonly options: ResolvedQueue;
  /** Configuration of the handlers. */
  readonly configuration: ConfiguredQueue;
}

/** Creates the queue and its dead-letter queue. Messages contain the owner and the id of a job, never a prompt. */
export function createQueues(scope: Construct, options: ResolvedQueue, encryptionMasterKey?: kms.IKey): QueueBinding {
  const { retention, visibilityTimeout, maxConcurrency, maxReceiveCount } = options;
  const common = {
    enforceSSL: true,
    ...(encryptionMasterKey ? { encryption: sqs.QueueEncryption.KMS, encryptionMasterKey } : { encryption: sqs.QueueEncryption.SQS_MANAGED }),
  };
  // without a redriveAllowPolicy: it would name the ARN of the queue, whose redrivePolicy names the ARN of this one. CloudFormation refuses the
  // cycle, and only physical names would avoid it. Enqueueing a message still requires sqs:SendMessage on the queue.
  const deadLetterQueue = new sqs.Queue(scope, 'DeadLetterQueue', { ...common, retentionPeriod: DEAD_LETTER_RETENTION });
  const queue = new sqs.Queue(scope, 'Queue', {
    ...common,
    retentionPeriod: retention,
    visibilityTimeout,
    deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount },
  });
  return {
    queue,
    deadLetterQueue,
    options,
    configuration: {
      url: queue.queueUrl,
      deadLetterUrl: deadLetterQueue.queueUrl,
      concurrency: maxConcurrency,
      maxReceiveCount,
      maxAgeSeconds: maxJobAgeSeconds(options),
    },
  };
}

/** Allows the API function to enqueue jobs and to read the queue depth. */
export function enqueueStatement({ queue }: QueueBinding): iam.PolicyStatement {
  return allow(['sqs:SendMessage', 'sqs:GetQueueAttributes'], [queue]);
}

/** Allows the worker to receive and re-enqueue jobs, and to send failed jobs to the dead-letter queue. */
export function workerStatements({ queue, deadLetterQueue }: QueueBinding): iam.PolicyStatement[] {
  return [
    allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes', 'sqs:SendMessage'], [queue]),
    allow(['sqs:SendMessage'], [deadLetterQueue]),
  ];
}

function allow(actions: string[], queues: sqs.IQueue[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources: queues.map(({ queueArn }) => queueArn) });
}
