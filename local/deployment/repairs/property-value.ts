import { type DeployedStack } from '../create-stack';

/** Resolves a property value of the template: a literal, a `Ref` or the ARN of a KMS key. */
export function propertyValue(stack: DeployedStack, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const { Ref: reference, 'Fn::GetAtt': attribute } = (value ?? {}) as { 'Ref'?: string; 'Fn::GetAtt'?: [string, string] };
  const id = stack.resources[reference ?? attribute?.[0] ?? ''];
  // the emulator accepts a key id instead of a key ARN
  if (id && (reference || attribute?.[1] === 'Arn')) return id;
  throw new Error(`cannot resolve ${JSON.stringify(value)} of stack ${stack.name}`);
}
