import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { JobBody } from './job';
import { processJob, type ProcessJobResult, type ProcessJobPorts } from './process-job';
import type { JobMessage } from '../generation/records';
import { parseEdit } from '../http/routes/edit-images';
import type { HandlerContext } from '../requests/context';
import { parseGenerate } from '../requests/parse-generate';
import { describeCause, withFields } from '../shared/log';

export type Worker = (event: SQSEvent, requestId: string, deadline: number) => Promise<SQSBatchResponse>;

const PARSERS = { 'POST /images': parseGenerate, 'POST /images/edits': parseEdit } as const;

/** Works on the jobs that a queue hands out; those that it names in its answer are handed out again. */
export function createWorker(context: HandlerContext): Worker {
  const { configuration, queue, ports } = context;
  if (!queue || !configuration.queue) throw new Error('a worker needs a queue');
  const settings = { ...configuration.queue, prefix: configuration.prefix };
  return async (event, requestId, deadline) => {
    const log = withFields(ports.log, { requestId });
    const parse = ({ route, data }: JobBody, owner: string) => PARSERS[route](data, owner, context).request;
    const workPorts: ProcessJobPorts = { ...ports, log, queue, parse };
    const failed: string[] = [];
    for (const record of event.Records) {
      const start = ports.clock.now();
      const outcome = await workOn(record, requestId, deadline, workPorts);
      log.info('job', { ms: ports.clock.now() - start, ...(outcome && { againInSeconds: outcome.retryInSeconds }) });
      if (!outcome) continue;
      failed.push(record.messageId);
      // else it comes back when its time as it was handed out is over
      await queue.changeVisibility(record.receiptHandle, outcome.retryInSeconds).catch((cause) => log.error('message keeps its time', describeCause(cause)));
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

  async function workOn({ body, attributes }: SQSRecord, requestId: string, deadline: number, workPorts: ProcessJobPorts): Promise<ProcessJobResult> {
    try {
      const message = JSON.parse(body) as JobMessage;
      return await processJob({ message, receiveCount: Number(attributes.ApproximateReceiveCount), requestId, deadline }, workPorts, settings);
    } catch (cause) {
      // nothing is known of how far it came: the message must not be lost
      workPorts.log.error('job not done', describeCause(cause));
      return { retryInSeconds: UNKNOWN_TROUBLE_SECONDS };
    }
  }
}

const UNKNOWN_TROUBLE_SECONDS = 30;
