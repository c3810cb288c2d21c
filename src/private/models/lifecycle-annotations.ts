import { Annotations, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { imageModelConstant } from './id-validation';
import { ModelFamily } from '../../model-family';
import { ModelLifecycle } from '../../model-lifecycle';
import { describeEnd, Lifecycle } from '../contract/models';

/** How a model was named in the user's code, so that a message can say how to name it otherwise. */
export interface WrittenModel {
  readonly factory: 'of' | 'inferenceProfile';
  readonly id: string;
  readonly options: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface EndingModel {
  readonly modelId: string;
  readonly lifecycle: ModelLifecycle;
  readonly dates: Lifecycle;
  readonly written: WrittenModel;
}

/** An error cannot be acknowledged, so the one about a model that ended prints the code that goes without it. */
export function annotateLifecycle(scope: IConstruct, { modelId, lifecycle, dates, written }: EndingModel): void {
  const replacement = dates.replacement === undefined ? undefined : imageModelConstant(dates.replacement);
  const end = dates.endOfLife === undefined ? undefined : describeEnd(dates);
  if (lifecycle === ModelLifecycle.ENDED) {
    Annotations.of(scope).addError(
      `the model '${modelId}' ended${end ? ` ${end}` : ''} and cannot be called any more; `
      + `${replacement ? `use ImageModel.${replacement}, or, ` : ''}if it still answers in your account, write ${wayOut(written)}`,
    );
  }
  if (lifecycle === ModelLifecycle.LEGACY) {
    Annotations.of(scope).addWarningV2(
      'cdk-genai-image-api:modelLegacy',
      `the model '${modelId}' is legacy and ends ${end ?? 'on a day not announced yet'}; new customers cannot call it, others lose it after a while `
      + `without use, and from its last day on synthesis fails${replacement ? `: use ImageModel.${replacement}` : ''}`,
    );
  }
}

/** The same model as code, declared active. */
function wayOut({ factory, id, options }: WrittenModel): string {
  const given = Object.entries(options).flatMap(([name, value]) => (value === undefined || name === 'lifecycle' ? [] : [`${name}: ${code(name, value)}`]));
  return `ImageModel.${factory}('${id}', { ${[...given, 'lifecycle: ModelLifecycle.ACTIVE'].join(', ')} })`;
}

function code(name: string, value: string | readonly string[]): string {
  if (typeof value !== 'string') return `[${value.map((item) => code(name, item)).join(', ')}]`;
  // as it stands in the user's code, which cannot be seen from here
  if (Token.isUnresolved(value)) return name;
  const family = Object.entries(ModelFamily).find(([, each]) => name === 'family' && each === value);
  return family ? `ModelFamily.${family[0]}` : `'${value}'`;
}
