import { type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { ApiAuth, ApiRoutes, type FirewallOptions, type GenAiImageApi, type GenAiImageApiProps, LegacyMethod, LegacyReply } from '../src';
import { HOME, imageApi, only, resources, synth, testStack, textOf } from './helpers/stack';

interface Rule {
  readonly Name: string;
  readonly Priority: number;
  readonly Action?: unknown;
  readonly OverrideAction?: unknown;
  readonly Statement: {
    readonly RateBasedStatement?: unknown;
    readonly ManagedRuleGroupStatement?: { readonly RuleActionOverrides?: { readonly Name: string; readonly ActionToUse: unknown }[] };
  };
}

interface Protected {
  readonly api: GenAiImageApi;
  readonly template: Template;
}

function protect(options?: FirewallOptions, props: GenAiImageApiProps = {}, stack = testStack(HOME)): Protected {
  const api = imageApi(props, stack);
  api.addFirewall(options);
  return { api, template: Template.fromStack(stack) };
}

const rulesOf = (template: Template) => only<{ Rules: Rule[] }>(template, 'AWS::WAFv2::WebACL').Rules;
const rateRules = (template: Template) => rulesOf(template).filter(({ Statement }) => Statement.RateBasedStatement);
const countedIn = (template: Template, name: string) => rulesOf(template).find(({ Name }) => Name === name)!
  .Statement.ManagedRuleGroupStatement!.RuleActionOverrides?.map((override) => override.Name) ?? [];

const perKey = (header: string, limit = 1000) => ({
  Limit: limit,
  EvaluationWindowSec: 300,
  AggregateKeyType: 'CUSTOM_KEYS',
  CustomKeys: [{ Header: { Name: header, TextTransformations: [{ Priority: 0, Type: 'NONE' }] } }],
});

describe('addFirewall()', () => {
  it('adds a regional web ACL, and associates it with the stage', () => {
    const { template } = protect();
    template.hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, Name: Match.absent() });
    const { ResourceArn, WebACLArn } = only<{ ResourceArn: unknown; WebACLArn: unknown }>(template, 'AWS::WAFv2::WebACLAssociation');
    expect(textOf(ResourceArn)).toMatch(/^arn:<AWS::Partition>:apigateway:us-west-2::\/restapis\/<ImagesApi\w+>\/stages\/<ImagesApiDeploymentStageprod\w+>$/);
    expect(textOf(WebACLArn)).toMatch(/^<ImagesFirewall\w+\.Arn>$/);
  });

  it('adds two resources, and none without it', () => {
    const added = Object.keys(resources(protect().template)).length - Object.keys(resources(synth())).length;
    expect(added).toBe(2);
  });

  it('has rate rules first, then the managed rule groups', () => {
    expect(rulesOf(protect({}, { auth: ApiAuth.apiKey({ clients: ['web'] }) }).template).map(({ Name, Priority }) => [Priority, Name])).toEqual([
      [0, 'RequestsPerIp'], [1, 'RequestsPerXApiKey'], [2, 'AWSManagedRulesAmazonIpReputationList'], [3, 'AWSManagedRulesCommonRuleSet'],
      [4, 'AWSManagedRulesKnownBadInputsRuleSet'],
    ]);
  });

  it('can be extended with rules of the CDK', () => {
    const stack = testStack(HOME);
    const firewall = imageApi({}, stack).addFirewall();
    const webAcl = firewall.node.defaultChild as wafv2.CfnWebACL;
    (webAcl.rules as wafv2.CfnWebACL.RuleProperty[]).push({
      name: 'OneCountry',
      priority: 100,
      action: { block: {} },
      statement: { notStatement: { statement: { geoMatchStatement: { countryCodes: ['NZ'] } } } },
      visibilityConfig: { metricName: 'OneCountry', cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true },
    });
    expect(rulesOf(Template.fromStack(stack)).map(({ Name }) => Name)).toContain('OneCountry');
    expect(stack.resolve(firewall.webAclArn)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^ImagesFirewall/), 'Arn'] });
  });

  it('fails for a second web ACL of the stage', () => {
    const { api } = protect();
    expect(() => api.addFirewall()).toThrow("addFirewall() on 'Stack/Images' was called before; a stage has one web ACL, so add rules to that one");
  });
});

describe('the managed rule groups', () => {
  it('block requests, but only count matches in bodies and requests without a user agent', () => {
    const { template } = protect();
    for (const { OverrideAction, Action } of rulesOf(template).slice(1)) expect([OverrideAction, Action]).toEqual([{ None: {} }, undefined]);
    expect(countedIn(template, 'AWSManagedRulesAmazonIpReputationList')).toEqual([]);
    expect(countedIn(template, 'AWSManagedRulesCommonRuleSet')).toEqual([
      'NoUserAgent_HEADER', 'SizeRestrictions_BODY', 'EC2MetaDataSSRF_BODY', 'GenericLFI_BODY', 'GenericRFI_BODY', 'CrossSiteScripting_BODY',
    ]);
    expect(countedIn(template, 'AWSManagedRulesKnownBadInputsRuleSet')).toEqual(['JavaDeserializationRCE_BODY', 'Log4JRCE_BODY', 'ReactJSRCE_BODY']);
    const overrides = rulesOf(template).flatMap(({ Statement }) => Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? []);
    expect(new Set(overrides.map(({ ActionToUse }) => JSON.stringify(ActionToUse)))).toEqual(new Set(['{"Count":{}}']));
  });

  it('also count matches in query strings, which contain the prompts of legacy routes with GET', () => {
    const withRoute = (methods: LegacyMethod[]) => protect({}, {
      routes: [ApiRoutes.legacy({ path: '/generate-image', methods, promptParameter: 'prompt', reply: LegacyReply.presignedUrl() })],
    }).template;
    expect(countedIn(withRoute([LegacyMethod.GET]), 'AWSManagedRulesCommonRuleSet').filter((name) => /QUERY/.test(name))).toHaveLength(6);
    expect(countedIn(withRoute([LegacyMethod.GET]), 'AWSManagedRulesKnownBadInputsRuleSet').filter((name) => /QUERY/.test(name))).toHaveLength(2);
    expect(countedIn(withRoute([LegacyMethod.POST]), 'AWSManagedRulesCommonRuleSet').filter((name) => /QUERY/.test(name))).toEqual([]);
  });
});

describe('the rate rules', () => {
  it('block IP addresses above 1,000 requests in 5 minutes', () => {
    const [rule] = rateRules(protect().template);
    expect([rule.Action, rule.Statement.RateBasedStatement]).toEqual([{ Block: {} }, { Limit: 1000, EvaluationWindowSec: 300, AggregateKeyType: 'IP' }]);
  });

  it('take other limits', () => {
    const [ip, key] = rateRules(protect({ requestsPerIp: 20, requestsPerKey: 30 }, { auth: ApiAuth.apiKey({ clients: ['web'] }) }).template);
    expect(ip.Statement.RateBasedStatement).toMatchObject({ Limit: 20 });
    expect(key.Statement.RateBasedStatement).toEqual(perKey('x-api-key', 30));
  });

  it.each<[string, (stack: Stack) => GenAiImageApiProps, string[]]>([
    ['API keys', () => ({ auth: ApiAuth.apiKey({ clients: ['web'] }) }), ['x-api-key']],
    ['API keys as bearer tokens', () => ({ auth: ApiAuth.apiKey({ clients: ['web'], acceptBearer: true }), routes: [ApiRoutes.openAi()] }), ['x-api-key', 'authorization']],
    ['tokens of a user pool', (stack) => ({ auth: ApiAuth.cognito(new cognito.UserPool(stack, 'Users')) }), ['authorization']],
    ['tokens of an issuer', () => ({ auth: ApiAuth.jwt({ issuer: 'https://issuer.example', audience: ['images'] }) }), ['authorization']],
    ['no keys with signed requests', () => ({ auth: ApiAuth.iam() }), []],
    ['no keys without authentication', () => ({ auth: ApiAuth.none() }), []],
  ])('count %s', (_case, props, headers) => {
    const stack = testStack(HOME);
    const [, ...keys] = rateRules(protect({}, props(stack), stack).template);
    expect(keys.map(({ Statement }) => Statement.RateBasedStatement)).toEqual(headers.map((header) => perKey(header)));
  });

  it.each<[FirewallOptions, string]>([
    [{ requestsPerIp: 9 }, "'requestsPerIp' must be a whole number from 10 to 2000000000, got 9"],
    [{ requestsPerKey: 100 }, "'requestsPerKey' needs API keys or tokens, which the requests of this API do not have; remove it"],
    [{ requestsPerIp: '100' as never }, "'requestsPerIp' must be a number, got '100'; write 100"],
  ])('fail for %p', (options, problem) => {
    expect(() => imageApi().addFirewall(options)).toThrow(problem);
  });
});

describe('the log of the firewall', () => {
  it('does not exist by default', () => {
    protect().template.resourceCountIs('AWS::WAFv2::LoggingConfiguration', 0);
  });

  it('is written to a log group', () => {
    const stack = testStack(HOME);
    const logGroup = new logs.LogGroup(stack, 'Logs', { logGroupName: 'aws-waf-logs-images' });
    const { LogDestinationConfigs } = only<{ LogDestinationConfigs: unknown[] }>(protect({ logGroup }, {}, stack).template, 'AWS::WAFv2::LoggingConfiguration');
    expect(textOf(LogDestinationConfigs)).toMatch(/^arn:<AWS::Partition>:logs:us-west-2:111122223333:log-group:<Logs\w+>$/);
  });

  it('contains no prompts, API keys or tokens, and sampled requests contain none either', () => {
    const { DataProtectionConfig } = only<{ DataProtectionConfig: { DataProtections: unknown[] } }>(protect({}, { auth: ApiAuth.apiKey({ clients: ['web'] }) }).template, 'AWS::WAFv2::WebACL');
    expect(DataProtectionConfig.DataProtections).toEqual([
      { Action: 'SUBSTITUTION', Field: { FieldType: 'BODY' } },
      { Action: 'SUBSTITUTION', Field: { FieldType: 'QUERY_STRING' } },
      { Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization', 'x-api-key', 'x-amz-security-token', 'idempotency-key'] } },
    ]);
  });

  it.each<[string, (stack: Stack) => logs.ILogGroup, string]>([
    ['a generated name', (stack) => new logs.LogGroup(stack, 'Logs'), 'got a name that CloudFormation generates'],
    ['another name', (stack) => logs.LogGroup.fromLogGroupName(stack, 'Logs', 'images'), 'got images'],
  ])('fails for a log group with %s', (_case, logGroup, got) => {
    const stack = testStack(HOME);
    expect(() => imageApi({}, stack).addFirewall({ logGroup: logGroup(stack) })).toThrow(`'logGroup' must have a name that begins with aws-waf-logs-, as AWS WAF requires, ${got}`);
  });
});

describe('a blocked request', () => {
  it('gets an error response with the CORS headers and the body of the other errors', () => {
    const template = synth({ corsOrigins: ['https://a.example'] });
    template.hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
      ResponseType: 'WAF_FILTERED',
      StatusCode: '403',
      ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'https://a.example'" },
      ResponseTemplates: { 'application/json': Match.stringLikeRegexp('"detail":"a firewall rule blocked the request","code":"FORBIDDEN"') },
    });
  });
});
