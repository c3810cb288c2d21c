import { Template } from 'aws-cdk-lib/assertions';
import { build as constructDefault } from './construct/default-stack';
import { build as constructFeatures } from './construct/features-stack';
import { build as plainDefault } from './plain/default-stack';
import { build as plainFeatures } from './plain/features-stack';
import { type Build, createStack } from './stacks';
import { builtMethods, resources, testApp } from '../../helpers/stack';

interface Row {
  readonly name: string;
  readonly construct: Build;
  readonly plain: Build;
}

const ROWS: Row[] = [
  { name: 'default props', construct: constructDefault, plain: plainDefault },
  { name: 'many features', construct: constructFeatures, plain: plainFeatures },
];

/** Texts and names, which may differ: their total length is compared instead. */
const TEXTS = ['Description', 'Name', 'PolicyName', 'ResponseTemplates', 'Environment'];

function synth(build: Build): Template {
  const stack = createStack(testApp());
  build(stack);
  return Template.fromStack(stack);
}

function countByType(template: Template): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { Type } of Object.values(resources(template))) counts[Type] = (counts[Type] ?? 0) + 1;
  return counts;
}

/** Returns type, properties and policies of all resources, sorted, with the type of a resource in place of its logical id. */
function essentials(template: Template): unknown[] {
  const all = resources(template);
  const withTypes = (key: string, value: unknown): unknown => {
    if (key === 'Statement') return sorted(value as object[]);
    return typeof value === 'string' && value in all ? `<${all[value].Type}>` : value;
  };
  return sorted(Object.values(all).map(({ Type, Properties = {}, DeletionPolicy }) => {
    const compared = Object.entries(Properties).filter(([name]) => !TEXTS.includes(name)).sort(([left], [right]) => (left < right ? -1 : 1));
    return JSON.parse(JSON.stringify({ Type, DeletionPolicy, Properties: Object.fromEntries(compared) }, withTypes)) as object;
  }));
}

function sorted(items: readonly object[]): object[] {
  const texts = new Map(items.map((item) => [item, JSON.stringify(item)]));
  return [...items].sort((left, right) => (texts.get(left)! < texts.get(right)! ? -1 : 1));
}

function bytes(template: Template): number {
  return JSON.stringify(template.toJSON()).length;
}

describe.each(ROWS)('the compared stacks with $name', ({ construct, plain }) => {
  const [ours, theirs] = [synth(construct), synth(plain)];

  it('have equally many resources of each type', () => {
    expect(countByType(ours)).toEqual(countByType(theirs));
  });

  it('have the same methods', () => {
    const names = (template: Template) => builtMethods(template).map(({ name }) => name);
    expect(names(ours)).toEqual(names(theirs));
  });

  it('have the same properties, except for texts and names', () => {
    expect(essentials(ours)).toEqual(essentials(theirs));
  });

  it('have templates of similar length', () => {
    const ratio = bytes(ours) / bytes(theirs);
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  });
});
