import { BedrockRuntimeClient, ConverseCommand, InvokeModelCommand, type ConverseCommandInput, type ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import { parseJson } from './malformed-response';
import { ModelClient } from './model-client';
import type { Clock } from '../generation/ports';

/** Models on Amazon Bedrock, called in their own region. */
export class Bedrock {
  private readonly calls: ModelClient<BedrockRuntimeClient>;

  constructor(clock: Clock) {
    this.calls = new ModelClient((options) => new BedrockRuntimeClient(options), clock);
  }

  /** The JSON document that the model answered. */
  public async invoke(modelId: string, region: string, body: object, deadline: number): Promise<unknown> {
    const command = new InvokeModelCommand({ modelId, contentType: 'application/json', accept: 'application/json', body: JSON.stringify(body) });
    const { body: answer } = await this.calls.run(region, deadline, (client, options) => client.send(command, options));
    return parseJson(answer);
  }

  public async converse(modelId: string, region: string, body: Omit<ConverseCommandInput, 'modelId'>, deadline: number): Promise<ConverseCommandOutput> {
    return this.calls.run(region, deadline, (client, options) => client.send(new ConverseCommand({ ...body, modelId }), options));
  }
}
