import { DeployedStack } from '../create-stack';

/** A property value of the template as text: literal, a `Ref` or the ARN of a key. Anything else is a case for this function. */
export function propertyValue(stack: DeployedStack, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const { Ref: reference, 'Fn::GetAtt': attribute } = (value ?? {}) as { 'Ref'?: string; 'Fn::GetAtt'?: [string, string] };
  const id = stack.resources[reference ?? attribute?.[0] ?? ''];
  // the emulator's services take a key by its id wherever they take its ARN
  if (id && (reference || attribute?.[1] === 'Arn')) return id;
  throw new Error(`cannot resolve ${JSON.stringify(value)} of stack ${stack.name}`);
}
