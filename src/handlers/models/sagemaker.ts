import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { parseJson } from './malformed-response';
import { ModelClient } from './model-client';
import type { Clock } from '../generation/ports';

const JSON_TYPE = 'application/json';

/** Models behind SageMaker endpoints. */
export class SageMaker {
  private readonly calls: ModelClient<SageMakerRuntimeClient>;

  constructor(clock: Clock) {
    this.calls = new ModelClient((options) => new SageMakerRuntimeClient(options), clock);
  }

  /** The JSON document that the endpoint answered. */
  public async invoke(endpoint: string, region: string, body: object, deadline: number, accept = JSON_TYPE): Promise<unknown> {
    const command = new InvokeEndpointCommand({ EndpointName: endpoint, ContentType: JSON_TYPE, Accept: accept, Body: JSON.stringify(body) });
    return parseJson((await this.calls.run(region, deadline, (client, options) => client.send(command, options))).Body);
  }
}
