import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { createRouter } from '../../http/router';
import { loadConfiguration } from '../../shared/configuration';
import { createContext } from '../adapters';

// made once per execution environment: clients keep their connections, and a broken configuration fails the cold start
const app = createRouter(createContext(loadConfiguration(process.env), process.env.AWS_REGION));

export async function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  return app(event, Date.now() + context.getRemainingTimeInMillis());
}
