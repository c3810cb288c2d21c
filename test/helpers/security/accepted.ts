import { type CheckedStack } from './checked-stacks';
import { ACCEPTED_FINDINGS, type AcceptedFinding } from '../../fixtures/accepted-findings';

/** A finding: a rule, and the constructs that violate it. */
export interface Finding {
  readonly rule: string;
  readonly constructs: readonly string[];
}

/** What differs between the findings of a tool and the accepted ones. Both lists are empty if they agree. */
export interface Differences {
  readonly notAccepted: readonly string[];
  readonly noLongerFound: readonly string[];
}

/**
 * Compares findings with the accepted ones.
 *
 * @param isOfTool whether a rule belongs to the tool that found them
 */
export function compareFindings(findings: readonly Finding[], stack: CheckedStack, isOfTool: (rule: string) => boolean): Differences {
  const found = findings.flatMap(({ rule, constructs }) => constructs.map((construct) => ({ rule, construct })));
  const accepted = ACCEPTED_FINDINGS.flatMap((finding) => finding.rules.filter(isOfTool)
    .flatMap((rule) => constructsIn(finding, stack).map((construct) => ({ rule, construct, isFixedLater: finding.isFixedLater }))));
  const matches = (one: { rule: string; construct: string }, pattern: { rule: string; construct: string }) =>
    one.rule === pattern.rule && (pattern.construct.endsWith('*') ? one.construct.startsWith(pattern.construct.slice(0, -1)) : one.construct === pattern.construct);
  const shown = ({ rule, construct }: { rule: string; construct: string }) => `${rule}: ${construct}`;
  return {
    notAccepted: found.filter((each) => !accepted.some((pattern) => matches(each, pattern))).map(shown).sort(),
    noLongerFound: accepted.filter((pattern) => !pattern.isFixedLater && !found.some((each) => matches(each, pattern))).map(shown).sort(),
  };
}

export const AGREED: Differences = { notAccepted: [], noLongerFound: [] };

function constructsIn({ inDefault, inHardened, inPlayground }: AcceptedFinding, stack: CheckedStack): readonly string[] {
  return { default: inDefault, hardened: inHardened, playground: inPlayground }[stack] ?? [];
}

/** Returns the reason for a rule in a stack. */
export function reasonFor(rule: string, stack: CheckedStack): string {
  const finding = ACCEPTED_FINDINGS.find((each) => each.rules.includes(rule) && constructsIn(each, stack).length > 0);
  if (!finding) throw new Error(`${rule} is not accepted in the ${stack} stack`);
  return finding.reason;
}
