import { Annotations, Token } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';
import { imageModelConstant } from './id-validation';
import { ModelFamily } from '../../model-family';
import { ModelLifecycle } from '../../model-lifecycle';
import { describeEnd, type Lifecycle } from '../contract/models';

/** The factory call in the user's code, from which messages derive the call to write instead. */
export interface ModelDeclaration {
  readonly factory: 'of' | 'inferenceProfile';
  readonly id: string;
  readonly options: Readonly<Record<string, string | number | readonly string[] | undefined>>;
}

export interface AnnotatedModel {
  readonly modelId: string;
  readonly lifecycle: ModelLifecycle;
  readonly dates: Lifecycle;
  readonly declaration: ModelDeclaration;
}

/** Adds an error for an ended model, or a warning for a legacy model. Errors cannot be acknowledged, so the message prints the code that avoids it. */
export function annotateLifecycle(scope: IConstruct, { modelId, lifecycle, dates, declaration }: AnnotatedModel): void {
  const replacement = dates.replacement === undefined ? undefined : imageModelConstant(dates.replacement);
  const end = dates.endOfLife === undefined ? undefined : describeEnd(dates);
  if (lifecycle === ModelLifecycle.ENDED) {
    Annotations.of(scope).addError(
      `the model '${modelId}' ended${end ? ` ${end}` : ''} and cannot be called; `
      + `${replacement ? `use ImageModel.${replacement}, or, ` : ''}if your account can still call it, write ${activeDeclaration(declaration)}`,
    );
  }
  if (lifecycle === ModelLifecycle.LEGACY) {
    Annotations.of(scope).addWarningV2(
      'cdk-genai-image-api:modelLegacy',
      `the model '${modelId}' is legacy and ends ${end ?? 'on a date that AWS has not announced'}; new customers cannot call it, other customers lose access after a period `
      + `without use, and synthesis fails from its end of life on${replacement ? `; use ImageModel.${replacement}` : ''}`,
    );
  }
}

/** Returns the factory call of the same model, declared active. */
function activeDeclaration({ factory, id, options }: ModelDeclaration): string {
  const given = Object.entries(options).flatMap(([name, value]) => (value === undefined || name === 'lifecycle' ? [] : [`${name}: ${code(name, value)}`]));
  return `ImageModel.${factory}('${id}', { ${[...given, 'lifecycle: ModelLifecycle.ACTIVE'].join(', ')} })`;
}

function code(name: string, value: string | number | readonly string[]): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return `[${value.map((item) => code(name, item)).join(', ')}]`;
  // the expression in the user's code is unknown
  if (Token.isUnresolved(value)) return name;
  const family = Object.entries(ModelFamily).find(([, each]) => name === 'family' && each === value);
  return family ? `ModelFamily.${family[0]}` : `'${value}'`;
}
