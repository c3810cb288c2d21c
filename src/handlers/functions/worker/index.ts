import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createWorker } from '../../jobs/worker';
import { withImageBuffers } from '../../models/image-buffers';
import { loadSharedContext } from '../load-shared-context';
import { limitYoungGeneration } from '../young-generation';

limitYoungGeneration();

// once per execution environment: clients keep their connections, and a missing configuration fails the cold start
const worker = createWorker(loadSharedContext(process.env));

export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return withImageBuffers(() => worker(event, context.awsRequestId, Date.now() + context.getRemainingTimeInMillis()));
}
