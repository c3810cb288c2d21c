import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { Bedrock } from './bedrock';
import type { Family } from './families/family';
import { FAMILIES } from './families/family-table';
import { resultOf } from './results';
import type { SageMaker } from './sagemaker';
import type { GenerationInput, GeneratedImage, ImageModels, Model } from '../generation/ports';
import { readImageFile } from '../images/image-file';
import { ApiError } from '../shared/api-error';

/** The image models of all families, on Bedrock and SageMaker. */
export class RemoteImageModels implements ImageModels {
  constructor(private readonly bedrock: Bedrock, private readonly sageMaker: SageMaker) {}

  public async generate(model: Model, input: GenerationInput, deadline: number): Promise<readonly (GeneratedImage | ApiError)[]> {
    const family = await FAMILIES[model.family as keyof typeof FAMILIES]();
    const response = await this.call(model, family, input, deadline);
    const results = family.parseResponse(response, input).map((result) => (
      // type and size are those of the file, not those of the request
      result instanceof ApiError ? result : resultOf((): GeneratedImage => ({ ...result, ...readImageFile(result.bytes) }))));
    const [first] = results;
    if (first instanceof ApiError && results.every((result) => result instanceof ApiError)) throw first;
    return results;
  }

  private async call(
    { invokedId, region, family: name, service }: Model, family: Family, input: GenerationInput, deadline: number,
  ): Promise<unknown> {
    const body = family.buildRequest(input);
    if (service === 'sagemaker') return this.sageMaker.invoke(invokedId, region, { body, accept: family.accept }, deadline);
    if (name === 'converse') return this.bedrock.converse(invokedId, region, body as unknown as ConverseCommandInput, deadline);
    return this.bedrock.invoke(invokedId, region, body, deadline);
  }
}
