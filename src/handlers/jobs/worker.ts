import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { JobProcessor, type ProcessJobResult, type ReceivedMessage } from './process-job';
import { Deadlines } from '../generation/deadlines';
import { logMeasurements } from '../generation/measurement/log-measurements';
import type { JobMessage } from '../generation/storage/records';
import { handlerContext, type SharedContext } from '../requests/context';
import { describeCause, type Logger } from '../shared/log';

/** `deadline`: when the function times out, in epoch milliseconds. */
export type Worker = (event: SQSEvent, requestId: string, deadline: number) => Promise<SQSBatchResponse>;

const UNEXPECTED_ERROR_RETRY_SECONDS = 30;

/** Creates the handler of the job queue. It reports the messages that must be received again as batch item failures. */
export function createWorker(shared: SharedContext): Worker {
  const { configuration, queue, ports: { clock } } = shared;
  if (!queue || !configuration.queue) throw new Error('the configuration of the worker has no queue');
  const limits = configuration.queue;
  return async (event, requestId, deadline) => {
    const failed: string[] = [];
    for (const record of event.Records) {
      const start = clock.now();
      const context = handlerContext(shared, { requestId });
      const { ports: { log } } = context;
      const processor = new JobProcessor(context, queue, limits);
      const result = await processRecord(record, { requestId, deadlines: new Deadlines(deadline) }, processor, log);
      const now = clock.now();
      const fields = { ms: now - start, ...(result && { retryInSeconds: result.retryInSeconds }) };
      logMeasurements({ message: 'job', fields, api: configuration.api, now }, context.ports);
      if (!result) continue;
      failed.push(record.messageId);
      // if this fails, the message is received again after the visibility timeout of the queue
      await queue.changeVisibility(record.receiptHandle, result.retryInSeconds).catch((cause) => log.error('ChangeMessageVisibility failed', describeCause(cause)));
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

async function processRecord(
  { body, attributes }: SQSRecord, invocation: Pick<ReceivedMessage, 'requestId' | 'deadlines'>, processor: JobProcessor, log: Logger,
): Promise<ProcessJobResult> {
  try {
    const message = JSON.parse(body) as JobMessage;
    return await processor.process({ message, receiveCount: Number(attributes.ApproximateReceiveCount), ...invocation });
  } catch (cause) {
    // the job may have completed partly, so the message must be received again
    log.error('job attempt failed', describeCause(cause));
    return { retryInSeconds: UNEXPECTED_ERROR_RETRY_SECONDS };
  }
}
