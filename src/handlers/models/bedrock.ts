import { BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { ApiError } from '../errors';
import { translateError } from './bedrock-errors';
import { FreshConnections } from './fresh-connections';
import { readImageFile } from './image-file';
import { nonsense } from './nonsense';
import { FAMILIES } from './table';
import type { Clock, DrawInput, DrawnImage, ImageModels, Model } from '../generation/ports';
import { MIN_CALL_MS } from '../generation/time';

/** Models on Amazon Bedrock, called in their own region. */
export class BedrockModels implements ImageModels {
  private readonly clients = new Map<string, BedrockRuntimeClient>();
  private readonly connections = new FreshConnections();

  constructor(private readonly clock: Clock) {}

  public async draw(model: Model, input: DrawInput, deadline: number): Promise<DrawnImage> {
    const family = FAMILIES[model.family as keyof typeof FAMILIES];
    const answer = await this.invoke(model, family.buildRequest(input), deadline);
    const { bytes, seed } = family.parseResponse(parseJson(answer), input);
    return { bytes, seed, ...readImageFile(bytes) };
  }

  private async invoke(model: Model, body: Record<string, unknown>, deadline: number): Promise<Uint8Array> {
    const time = deadline - this.clock.now();
    if (time < MIN_CALL_MS) throw new ApiError('MODEL_TIMEOUT', 'no time was left to call the model');
    const command = new InvokeModelCommand({
      modelId: model.id,
      contentType: 'application/json',
      accept: 'application/json',
      body: JSON.stringify(body),
    });
    try {
      const call = () => this.client(model.region).send(command, { abortSignal: AbortSignal.timeout(time) });
      return (await this.connections.use(call)).body;
    } catch (error) {
      throw translateError(error);
    }
  }

  private client(region: string): BedrockRuntimeClient {
    let client = this.clients.get(region);
    if (!client) {
      // the only retry layer is generation/retry.ts: the SDK's would also repeat calls that may have been charged
      client = new BedrockRuntimeClient({ region, maxAttempts: 1, requestHandler: this.connections.requestHandler });
      this.clients.set(region, client);
    }
    return client;
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw nonsense('not JSON');
  }
}
