import { BedrockRuntimeClient, ConverseCommand, InvokeModelCommand, type ConverseCommandInput, type ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import { ModelClient } from './model-client';
import { decodeImages } from './response-body';
import type { Clock } from '../generation/ports';

/** Models on Amazon Bedrock. Each call names the Region of the model. */
export class Bedrock {
  private readonly client: ModelClient<BedrockRuntimeClient>;

  constructor(clock: Clock) {
    this.client = new ModelClient((options) => new BedrockRuntimeClient(options), clock);
  }

  /** Calls InvokeModel and returns the JSON document of the response, with its images as byte arrays. */
  public async invoke(modelId: string, region: string, body: object, deadline: number): Promise<unknown> {
    const command = new InvokeModelCommand({ modelId, contentType: 'application/json', accept: 'application/json', body: JSON.stringify(body) });
    const response = decodeImages(command);
    await this.client.run(region, deadline, (client, options) => client.send(command, options));
    return response();
  }

  /** Calls Converse. */
  public async converse(modelId: string, region: string, body: Omit<ConverseCommandInput, 'modelId'>, deadline: number): Promise<ConverseCommandOutput> {
    return this.client.run(region, deadline, (client, options) => client.send(new ConverseCommand({ ...body, modelId }), options));
  }
}
