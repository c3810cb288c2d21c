import { resourcesOfType, type Template } from './template';

/** Replaces the attribute `CidrBlock` of VPCs by their property with the same value. */
export function replaceCidrBlocks(template: Template): Template {
  const vpcs = new Map(resourcesOfType(template, 'AWS::EC2::VPC').map(([id, { CidrBlock }]) => [id, CidrBlock]));
  if (vpcs.size === 0) return template;
  return JSON.parse(JSON.stringify(template), (_key, value: unknown) => {
    const [id, attribute] = attributeReference(value);
    return attribute === 'CidrBlock' && vpcs.has(id) ? vpcs.get(id) : value;
  }) as Template;
}

/** Returns the resource and the attribute of `Fn::GetAtt`. */
function attributeReference(value: unknown): readonly [id: string, attribute?: string] {
  const { 'Fn::GetAtt': reference } = Object(value) as { readonly 'Fn::GetAtt'?: readonly [string, string] };
  return reference ?? [''];
}
