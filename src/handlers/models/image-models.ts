import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { Bedrock } from './bedrock';
import type { Family } from './families/family';
import { FAMILIES } from './families/family-table';
import { resultOf } from './result';
import type { SageMaker } from './sagemaker';
import type { GenerationInput, GeneratedImage, ImageModels, Model } from '../generation/ports';
import { readImageFile } from '../images/image-file';
import { ApiError } from '../shared/errors';

/** Any model that draws: its family shapes what is said, its service carries it. */
export class RemoteImageModels implements ImageModels {
  constructor(private readonly bedrock: Bedrock, private readonly sageMaker: SageMaker) {}

  public async generate(model: Model, input: GenerationInput, deadline: number): Promise<readonly (GeneratedImage | ApiError)[]> {
    const family = FAMILIES[model.family as keyof typeof FAMILIES];
    const answer = await this.call(model, family, input, deadline);
    const outcomes = family.parseResponse(answer, input).map((outcome) =>
      // what the file says of itself counts, not what was asked for
      (outcome instanceof ApiError ? outcome : resultOf((): GeneratedImage => ({ ...outcome, ...readImageFile(outcome.bytes) }))));
    const [first] = outcomes;
    if (first instanceof ApiError && outcomes.every((outcome) => outcome instanceof ApiError)) throw first;
    return outcomes;
  }

  private async call({ call, region, family: name, service }: Model, family: Family, input: GenerationInput, deadline: number): Promise<unknown> {
    const body = family.buildRequest(input);
    if (service === 'sagemaker') return this.sageMaker.invoke(call, region, body, deadline, family.accept);
    if (name === 'converse') return this.bedrock.converse(call, region, body as unknown as ConverseCommandInput, deadline);
    return this.bedrock.invoke(call, region, body, deadline);
  }
}
