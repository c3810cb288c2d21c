import { Token } from 'aws-cdk-lib';
import { type ModelAccess } from './access';
import { type Subscription } from './marketplace';

/** What an `ImageModel`, `ImageEdits` or `TextModel` means to the API. */
export interface ModelBinding<Configuration = unknown> {
  /** Names the models in messages. */
  readonly label: string;
  /** What a call sends to the region of the model. */
  readonly carries: 'prompts' | 'prompts and images';
  readonly access: ModelAccess;
  /** Undefined if the models need no AWS Marketplace subscription. */
  readonly subscription?: Subscription;
  /** Configuration of the handler. */
  readonly configuration: Configuration;
}

export function modelLabel(kind: 'model' | 'text model', modelId: string): string {
  return `the ${kind} ${Token.isUnresolved(modelId) ? 'whose id is only known at deployment' : `'${modelId}'`}`;
}
