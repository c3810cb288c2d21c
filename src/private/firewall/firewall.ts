// the main module loads AWS WAF on first use, and few apps have a firewall
import { ArnFormat, aws_wafv2 as wafv2, Names, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { firewallRules, visibility } from './firewall-rules';
import { type ApiAuthBinding } from '../../api-auth-binding';
import { type FirewallOptions, type IApiFirewall } from '../../firewall-options';
import { type ConfiguredLegacyRoute } from '../contract/configuration';
import { areKnownToDiffer } from '../validation/environments';
import { numberInRange } from '../validation/rules';
import { checkArguments, number, optionsOf, resource } from '../validation/value-types';

const ID = 'Firewall';
const DEFAULT_LIMIT = 1000;
const LOG_PREFIX = 'aws-waf-logs-';
const OPTIONS = optionsOf({
  requestsPerIp: number,
  requestsPerKey: number,
  logGroup: resource('a log group', 'logGroupName', "for example logs.LogGroup.fromLogGroupName(this, 'Logs', 'aws-waf-logs-images')"),
});

/** What the firewall protects. */
export interface ProtectedApi {
  readonly restApi: apigateway.RestApi;
  readonly auth: Omit<ApiAuthBinding, 'owner'>;
  readonly legacy?: readonly ConfiguredLegacyRoute[];
}

/** A web ACL for the stage of an API. */
export class ApiFirewall extends Construct implements IApiFirewall {
  /** Adds the firewall of an API. A stage has one web ACL. */
  public static addTo(api: Construct, protectedApi: ProtectedApi, options: FirewallOptions): ApiFirewall {
    checkArguments('addFirewall()', OPTIONS('', options));
    const keyHeaders = keyHeadersOf(protectedApi.auth);
    checkArguments('addFirewall()', optionProblems(options, keyHeaders), placeProblems(options.logGroup, Stack.of(api)));
    if (api.node.tryFindChild(ID)) throw new Error(`addFirewall() on '${api.node.path}' was called before; a stage has one web ACL, so add rules to that one`);
    return new ApiFirewall(api, protectedApi, options, keyHeaders);
  }

  public readonly webAclArn: string;

  private constructor(scope: Construct, { restApi, legacy = [] }: ProtectedApi, options: FirewallOptions, keyHeaders: readonly string[]) {
    super(scope, ID);
    const webAcl = new wafv2.CfnWebACL(this, 'Resource', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      description: 'Protects an image API',
      rules: firewallRules({
        requestsPerIp: options.requestsPerIp ?? DEFAULT_LIMIT,
        requestsPerKey: options.requestsPerKey ?? DEFAULT_LIMIT,
        keyHeaders,
        hasPromptsInQuery: legacy.some(({ methods }) => methods.includes('GET')),
      }),
      visibilityConfig: visibility(Names.uniqueResourceName(this, { maxLength: 128, separator: '-' })),
      dataProtectionConfig: { dataProtections: dataProtections(keyHeaders) },
    });
    this.webAclArn = webAcl.attrArn;
    new wafv2.CfnWebACLAssociation(this, 'Association', { resourceArn: restApi.deploymentStage.stageArn, webAclArn: this.webAclArn });
    if (options.logGroup) {
      new wafv2.CfnLoggingConfiguration(this, 'Logging', { resourceArn: this.webAclArn, logDestinationConfigs: [logGroupArn(options.logGroup)] });
    }
  }
}

/** Whether an API has a firewall. */
export function hasFirewall(api: Construct): boolean {
  return api.node.tryFindChild(ID) !== undefined;
}

/**
 * Replaces prompts and credentials in logs, in sampled requests and in the details of rules. The redacted fields of a log configuration would
 * leave them in sampled requests and in the details of the rate rules.
 */
function dataProtections(keyHeaders: readonly string[]): wafv2.CfnWebACL.DataProtectProperty[] {
  const headers = new Set(['authorization', 'x-api-key', 'x-amz-security-token', 'idempotency-key', ...keyHeaders]);
  const substitute = (fieldType: string, fieldKeys?: string[]) => ({ action: 'SUBSTITUTION', field: { fieldType, ...(fieldKeys && { fieldKeys }) } });
  return [substitute('BODY'), substitute('QUERY_STRING'), substitute('SINGLE_HEADER', [...headers])];
}

/** Returns the headers with API keys and tokens, in lower case. The signature of a request with AWS credentials is different each time. */
function keyHeadersOf({ methodOptions, bearerMethodOptions, credentialHeaders }: Omit<ApiAuthBinding, 'owner'>): readonly string[] {
  const methods = [methodOptions, bearerMethodOptions].flatMap((options) => options ?? []);
  const headers = new Set<string>();
  if (methods.some(({ apiKeyRequired }) => apiKeyRequired)) headers.add('x-api-key');
  if (bearerMethodOptions) headers.add('authorization');
  const { COGNITO, CUSTOM } = apigateway.AuthorizationType;
  const hasTokens = [COGNITO, CUSTOM].some((type) => (methodOptions.authorizationType ?? methodOptions.authorizer?.authorizationType) === type);
  if (hasTokens && !methodOptions.apiKeyRequired) (credentialHeaders ?? ['authorization']).forEach((name) => headers.add(name.toLowerCase()));
  return [...headers];
}

function optionProblems({ requestsPerIp, requestsPerKey, logGroup }: FirewallOptions, keyHeaders: readonly string[]): string[] {
  const range = { min: 10, max: 2_000_000_000, integer: true };
  return [
    ...numberInRange('requestsPerIp', requestsPerIp, range),
    ...numberInRange('requestsPerKey', requestsPerKey, range),
    ...(requestsPerKey !== undefined && keyHeaders.length === 0
      ? ["'requestsPerKey' needs API keys or tokens, which the requests of this API do not have; remove it"] : []),
    ...(logGroup ? logGroupProblems(logGroup) : []),
  ];
}

function logGroupProblems(logGroup: logs.ILogGroup): string[] {
  const { defaultChild } = logGroup.node;
  const created = defaultChild instanceof logs.CfnLogGroup ? defaultChild : undefined;
  const given: unknown = Stack.of(logGroup).resolve(created ? created.logGroupName : logGroup.logGroupName);
  const name = given ?? 'a name that CloudFormation generates';
  if (typeof name !== 'string' || name.startsWith(LOG_PREFIX)) return [];
  return [`'logGroup' must have a name that begins with ${LOG_PREFIX}, as AWS WAF requires, got ${name}; set 'logGroupName' of the log group`];
}

function placeProblems(logGroup: logs.ILogGroup | undefined, { account, region }: Stack): string[] {
  const mustBe = (what: string, expected: string, given: string) =>
    (areKnownToDiffer(given, expected) ? [`'logGroup' must be in the ${what} of the stack, ${expected}, as AWS WAF requires, got one in ${given}; create one there`] : []);
  return logGroup ? [...mustBe('Region', region, logGroup.env.region), ...mustBe('account', account, logGroup.env.account)] : [];
}

/** AWS WAF rejects the suffix ':*' of `logGroupArn`. */
function logGroupArn(logGroup: logs.ILogGroup): string {
  return Stack.of(logGroup).formatArn({ service: 'logs', resource: 'log-group', resourceName: logGroup.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}
