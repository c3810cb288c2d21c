import { Annotations, Aspects, Stack, Token } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { type IConstruct } from 'constructs';
import { ANNOTATION_PREFIX } from './annotation-ids';

/** A lifecycle rule in a template. Values can be references. */
interface Rule {
  readonly Status?: unknown;
  readonly Prefix?: unknown;
  readonly ExpirationInDays?: unknown;
  readonly ExpirationDate?: unknown;
  readonly TagFilters?: unknown;
  readonly ObjectSizeGreaterThan?: unknown;
  readonly ObjectSizeLessThan?: unknown;
}

/** Warns if the rules of a bucket of this app do not expire images when the construct expects it. Rules can be added until synthesis. */
export function warnBucketLifecycle(scope: IConstruct, bucket: s3.CfnBucket, prefix: string, days: number | undefined): void {
  if (Token.isUnresolved(prefix)) return;
  Aspects.of(scope).add({
    visit: (node) => {
      const problem = node === scope ? lifecycleProblem(rulesOf(bucket), prefix, days) : undefined;
      if (problem !== undefined) Annotations.of(scope).addWarningV2(`${ANNOTATION_PREFIX}:bucketLifecycle`, problem);
    },
  });
}

function rulesOf(bucket: s3.CfnBucket): readonly Rule[] {
  const configuration: unknown = Stack.of(bucket).resolve(bucket.lifecycleConfiguration) ?? {};
  const { rules } = configuration as { readonly rules?: unknown };
  return Array.isArray(rules) ? (rules as Record<string, unknown>[]).map(capitalized) : [];
}

/** Names of properties begin with a lower-case letter before they are rendered. */
function capitalized(rule: Record<string, unknown>): Rule {
  return Object.fromEntries(Object.entries(rule).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]));
}

/** Images have no tags. */
function appliesTo(prefix: string, rule: Rule): boolean {
  const { Status, Prefix = '', TagFilters, ObjectSizeGreaterThan, ObjectSizeLessThan } = rule;
  return Status !== 'Disabled' && [TagFilters, ObjectSizeGreaterThan, ObjectSizeLessThan].every((filter) => filter === undefined)
    && (typeof Prefix !== 'string' || prefix.startsWith(Prefix));
}

function lifecycleProblem(rules: readonly Rule[], prefix: string, days: number | undefined): string | undefined {
  const expiring = rules.filter((rule) => appliesTo(prefix, rule) && (rule.ExpirationInDays ?? rule.ExpirationDate) !== undefined);
  const where = prefix === '' ? 'its objects' : `'${prefix}'`;
  const rule = `{ ${prefix === '' ? '' : `prefix: '${prefix}', `}expiration: Duration.days(${days ?? 'days'}) }`;
  if (expiring.length === 0) {
    return `the bucket of 'storage' has no lifecycle rule that expires ${where}: images are stored and charged also after 'storage.expiration'; add bucket.addLifecycleRule(${rule})`;
  }
  if (days === undefined || expiring.some(({ Prefix = '', ExpirationInDays }) => typeof Prefix !== 'string' || typeof ExpirationInDays !== 'number')) return undefined;
  const earliest = Math.min(...expiring.map(({ ExpirationInDays }) => ExpirationInDays as number));
  if (earliest >= days) return undefined;
  return `a lifecycle rule of the bucket of 'storage' expires ${where} after ${earliest} days, before 'storage.expiration', which is ${days} days: `
    + `images are missing before they expire; set 'storage.expiration' to Duration.days(${earliest}), or change the rule`;
}
