import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { createRouter } from '../../http/router';
import { withImageBuffers } from '../../models/image-buffers';
import { loadSharedContext } from '../load-shared-context';
import { limitYoungGeneration } from '../young-generation';

limitYoungGeneration();

// once per execution environment: clients keep their connections, and a missing configuration fails the cold start
const router = createRouter(loadSharedContext(process.env));

export async function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  return withImageBuffers(() => router(event, Date.now() + context.getRemainingTimeInMillis()));
}
