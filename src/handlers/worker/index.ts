import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createWorker } from './worker';
import { createContext } from '../context';
import { loadConfiguration } from '../http/configuration';

// made once per execution environment, as in the function of the API
const worker = createWorker(createContext(loadConfiguration(process.env), process.env.AWS_REGION));

export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return worker(event, context.awsRequestId, Date.now() + context.getRemainingTimeInMillis());
}
