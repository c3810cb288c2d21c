import { Duration, type Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';

export interface Queues {
  readonly queue: sqs.Queue;
  readonly deadLetterQueue: sqs.Queue;
}

export function createQueues(stack: Stack, encryptionMasterKey: kms.IKey): Queues {
  const common = { enforceSSL: true, encryption: sqs.QueueEncryption.KMS, encryptionMasterKey };
  const deadLetterQueue = new sqs.Queue(stack, 'DeadLetterQueue', { ...common, retentionPeriod: Duration.days(14) });
  const queue = new sqs.Queue(stack, 'Queue', {
    ...common,
    retentionPeriod: Duration.days(4),
    visibilityTimeout: Duration.minutes(12),
    deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: 6 },
  });
  return { queue, deadLetterQueue };
}

export function processJobs(stack: Stack, worker: lambda.IFunction, queue: sqs.IQueue): void {
  new lambda.EventSourceMapping(stack, 'WorkerSource', {
    target: worker,
    eventSourceArn: queue.queueArn,
    batchSize: 1,
    maxConcurrency: 10,
    reportBatchItemFailures: true,
  });
}
