import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ModelAccess, AccessPermission } from './access';
import { ResolvedProps } from '../validation/resolve-props';

/** What the handler calls to answer requests. */
export interface ModelCall {
  /** For people. */
  readonly label: string;
  /** What travels to it. */
  readonly carries: 'prompts' | 'prompts and images';
  readonly invocation: ModelAccess;
}

export function modelCalls(scope: IConstruct, { model, additionalModels, edits, textModel }: ResolvedProps): ModelCall[] {
  const stackRegion = Stack.of(scope).region;
  return [
    ...[model, ...additionalModels].map((each): ModelCall =>
      ({ label: `the model ${quoted(each.modelId)}`, carries: 'prompts and images', invocation: each._invocation })),
    ...(edits ? [{ label: "the models of 'edits'", carries: 'prompts and images', invocation: edits._invocation(stackRegion) } as const] : []),
    ...(textModel
      ? [{ label: `the text model ${quoted(textModel.modelId)}`, carries: 'prompts', invocation: textModel._call(stackRegion).invocation } as const]
      : []),
  ];
}

/** What IAM has to allow for the models and the guardrail. */
export function callPermissions(scope: IConstruct, props: ResolvedProps): AccessPermission[] {
  const guardrail = props.promptPolicy?._guardrail;
  return [
    ...modelCalls(scope, props).flatMap(({ invocation }) => invocation.permissions(scope)),
    ...(guardrail ? [{ action: 'bedrock:ApplyGuardrail', resources: [guardrailArn(scope, guardrail.guardrailId, guardrail.region)] }] : []),
  ];
}

function guardrailArn(scope: IConstruct, resourceName: string, region: string): string {
  return Stack.of(scope).formatArn({ service: 'bedrock', region, resource: 'guardrail', resourceName });
}

function quoted(modelId: string): string {
  return Token.isUnresolved(modelId) ? 'whose id is only known at deployment' : `'${modelId}'`;
}
