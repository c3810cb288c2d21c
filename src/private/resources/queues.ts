import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ResolvedQueue } from './queue-options';

/** SQS's longest: jobs wait here for an operator. */
const DEAD_LETTER_RETENTION = Duration.days(14);

export interface Queues {
  readonly queue: sqs.Queue;
  readonly deadLetterQueue: sqs.Queue;
}

/** Messages hold the owner and the id of a job, never a prompt. */
export function createQueues(scope: Construct, options: ResolvedQueue, encryptionMasterKey?: kms.IKey): Queues {
  const { retention, visibilityTimeout, maxReceiveCount } = options;
  const always = {
    enforceSSL: true,
    ...(encryptionMasterKey ? { encryption: sqs.QueueEncryption.KMS, encryptionMasterKey } : { encryption: sqs.QueueEncryption.SQS_MANAGED }),
  };
  const deadLetterQueue = new sqs.Queue(scope, 'DeadLetterQueue', { ...always, retentionPeriod: DEAD_LETTER_RETENTION });
  const queue = new sqs.Queue(scope, 'Queue', {
    ...always,
    retentionPeriod: retention,
    visibilityTimeout,
    deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount },
  });
  return { queue, deadLetterQueue };
}

/** What the function of the API may do with the queue: hand in jobs, and tell how many wait. */
export function handInStatement({ queue }: Queues): iam.PolicyStatement {
  return allow(['sqs:SendMessage', 'sqs:GetQueueAttributes'], [queue]);
}

/** What the worker may do: take jobs, hand them in again, and put aside those that failed for good. */
export function workStatements({ queue, deadLetterQueue }: Queues): iam.PolicyStatement[] {
  return [
    allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes', 'sqs:SendMessage'], [queue]),
    allow(['sqs:SendMessage'], [deadLetterQueue]),
  ];
}

function allow(actions: string[], queues: sqs.IQueue[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources: queues.map(({ queueArn }) => queueArn) });
}
