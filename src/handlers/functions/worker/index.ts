import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createWorker } from '../../jobs/worker';
import { loadConfiguration } from '../../shared/configuration';
import { createContext } from '../adapters';

// made once per execution environment, as in the function of the API
const worker = createWorker(createContext(loadConfiguration(process.env), process.env.AWS_REGION));

export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return worker(event, context.awsRequestId, Date.now() + context.getRemainingTimeInMillis());
}
