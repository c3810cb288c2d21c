import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';

type Rule = wafv2.CfnWebACL.RuleProperty;

/**
 * Rules that inspect bodies. They only count: a prompt is free text, also about attacks, an encoded image matches patterns by chance, and
 * images exceed 8 KB. The functions validate bodies, and run neither shell commands nor SQL nor Java. AWS WAF ignores misspelled names.
 */
const COMMON_BODY = ['SizeRestrictions_BODY', 'EC2MetaDataSSRF_BODY', 'GenericLFI_BODY', 'GenericRFI_BODY', 'CrossSiteScripting_BODY'];
const BAD_INPUT_BODY = ['JavaDeserializationRCE_BODY', 'Log4JRCE_BODY', 'ReactJSRCE_BODY'];

/** Programs do not have to send a user agent, and many HTTP libraries send none. */
const NO_USER_AGENT = 'NoUserAgent_HEADER';

/** Rules that inspect query strings. They only count if legacy routes with GET have the prompt there. */
const COMMON_QUERY = [
  'SizeRestrictions_QUERYSTRING', 'EC2MetaDataSSRF_QUERYARGUMENTS', 'GenericLFI_QUERYARGUMENTS', 'GenericRFI_QUERYARGUMENTS',
  'RestrictedExtensions_QUERYARGUMENTS', 'CrossSiteScripting_QUERYARGUMENTS',
];
const BAD_INPUT_QUERY = ['JavaDeserializationRCE_QUERYSTRING', 'Log4JRCE_QUERYSTRING'];

const WINDOW_SECONDS = 300;

export interface FirewallRules {
  readonly requestsPerIp: number;
  readonly requestsPerKey: number;
  /** Headers that contain one API key or token for many requests. */
  readonly keyHeaders: readonly string[];
  /** Whether query strings contain prompts. */
  readonly hasPromptsInQuery: boolean;
}

/** Returns the rules of the web ACL, which need about 1,000 of the 1,500 capacity units in the base price. */
export function firewallRules({ requestsPerIp, requestsPerKey, keyHeaders, hasPromptsInQuery }: FirewallRules): Rule[] {
  const rules = [
    rateRule('RequestsPerIp', requestsPerIp, { aggregateKeyType: 'IP' }),
    // requests without the header do not count
    ...keyHeaders.map((name) => rateRule(`RequestsPer${constructName(name)}`, requestsPerKey, {
      aggregateKeyType: 'CUSTOM_KEYS', customKeys: [{ header: { name, textTransformations: [{ priority: 0, type: 'NONE' }] } }],
    })),
    managedRules('AWSManagedRulesAmazonIpReputationList'),
    managedRules('AWSManagedRulesCommonRuleSet', [NO_USER_AGENT, ...COMMON_BODY, ...(hasPromptsInQuery ? COMMON_QUERY : [])]),
    managedRules('AWSManagedRulesKnownBadInputsRuleSet', [...BAD_INPUT_BODY, ...(hasPromptsInQuery ? BAD_INPUT_QUERY : [])]),
  ];
  return rules.map((rule, priority) => ({ ...rule, priority }));
}

type UnorderedRule = Omit<Rule, 'priority'>;

function rateRule(name: string, limit: number, keys: Pick<wafv2.CfnWebACL.RateBasedStatementProperty, 'aggregateKeyType' | 'customKeys'>): UnorderedRule {
  return {
    name,
    action: { block: {} },
    statement: { rateBasedStatement: { limit, evaluationWindowSec: WINDOW_SECONDS, ...keys } },
    visibilityConfig: visibility(name),
  };
}

function managedRules(name: string, counted: readonly string[] = []): UnorderedRule {
  return {
    name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ...(counted.length > 0 && { ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })) }),
      },
    },
    visibilityConfig: visibility(name),
  };
}

export function visibility(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}

/** Converts `x-api-key` to `XApiKey`. */
function constructName(header: string): string {
  return header.split(/[^A-Za-z0-9]+/).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()).join('');
}
