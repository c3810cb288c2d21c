import { Token } from 'aws-cdk-lib';
import { type ModelAccess } from './access';
import { type Subscription } from './marketplace';

/** The permissions and configuration that an `ImageModel`, `ImageEdits` or `TextModel` adds. */
export interface ModelBinding<Configuration = unknown> {
  /** Name of the models in messages, for example `the model 'stability.sd3-5-large-v1:0'`. */
  readonly label: string;
  /** Whether the label is in the plural. */
  readonly isPlural?: true;
  /** Content that a call sends to the Region of the model. */
  readonly content: 'prompts' | 'prompts and images';
  readonly access: ModelAccess;
  /** Undefined if the models need no AWS Marketplace subscription. */
  readonly subscription?: Subscription;
  /** Configuration of the handler. */
  readonly configuration: Configuration;
}

/** Returns a clause for messages: which models are called in a Region. */
export function describeCallRegion({ label, isPlural }: Pick<ModelBinding, 'label' | 'isPlural'>, region: string): string {
  return `${label} ${isPlural ? 'are' : 'is'} called in ${region}`;
}

export function modelLabel(kind: 'model' | 'text model', modelId: string): string {
  return `the ${kind} ${Token.isUnresolved(modelId) ? 'whose id is only known at deployment' : `'${modelId}'`}`;
}
