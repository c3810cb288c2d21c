import { Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { STAGE_NAME } from './gateway/rest-api';
import { GenAiImageApiBase } from './genai-image-api-base';
import { type GenAiImageApiAttributes } from '../genai-image-api-interface';
import { type Subscription } from './models/marketplace';
import { checkArguments, listOf, optionsOf, resource, text } from './validation/value-types';

const ATTRIBUTES = optionsOf({
  restApiId: text, url: text, models: listOf(resource('an ImageModel', 'modelId', 'for example ImageModel.STABLE_IMAGE_CORE'), 'ImageModel'),
}, ['restApiId']);

/** An API that is defined elsewhere. */
export class ImportedGenAiImageApi extends GenAiImageApiBase {
  public readonly url: string;
  public readonly restApiId: string;

  constructor(scope: Construct, id: string, private readonly attributes: GenAiImageApiAttributes) {
    super(scope, id);
    checkArguments('GenAiImageApi.fromGenAiImageApiAttributes()', ATTRIBUTES('', attributes));
    const { restApiId, url } = attributes;
    const { region, urlSuffix } = Stack.of(this);
    this.restApiId = restApiId;
    this.url = url ?? `https://${restApiId}.execute-api.${region}.${urlSuffix}/${STAGE_NAME}/`;
  }

  protected get _subscriptions(): readonly Subscription[] {
    const { models } = this.attributes;
    return models ? models.flatMap((model) => model._subscription ?? []) : [{ label: `the models of '${this.node.path}'` }];
  }

  /** The auth mode of an imported API is not known. */
  protected _assertIamAuth(): void {}

  protected _enableEvents(includePrompt: boolean): void {
    if (!includePrompt) return;
    throw new Error(`'includePrompt' has no effect on the imported API '${this.node.path}'; set it in an onImage...() call of the stack that defines the API`);
  }
}
