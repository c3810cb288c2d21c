import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { ModelClient } from './model-client';
import { decodeImages } from './response-body';
import type { Clock } from '../generation/ports';

const JSON_TYPE = 'application/json';

export interface SageMakerRequest {
  readonly body: object;
  readonly accept?: string;
}

/** Models on SageMaker endpoints. */
export class SageMaker {
  private readonly client: ModelClient<SageMakerRuntimeClient>;

  constructor(clock: Clock) {
    this.client = new ModelClient((options) => new SageMakerRuntimeClient(options), clock);
  }

  /** Calls InvokeEndpoint and returns the JSON document of the response, with its images as byte arrays. */
  public async invoke(endpoint: string, region: string, { body, accept = JSON_TYPE }: SageMakerRequest, deadline: number): Promise<unknown> {
    const command = new InvokeEndpointCommand({ EndpointName: endpoint, ContentType: JSON_TYPE, Accept: accept, Body: JSON.stringify(body) });
    const response = decodeImages(command);
    await this.client.run(region, deadline, (client, options) => client.send(command, options));
    return response();
  }
}
