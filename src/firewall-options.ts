import type * as logs from 'aws-cdk-lib/aws-logs';
import { type IConstruct } from 'constructs';

/**
 * Options for `GenAiImageApi.addFirewall()`.
 */
export interface FirewallOptions {
  /**
   * Maximum number of requests from one IP address in 5 minutes, from 10. AWS WAF blocks the address until its rate is lower.
   *
   * Clients behind one NAT gateway have one address.
   *
   * @default 1000
   */
  readonly requestsPerIp?: number;

  /**
   * Maximum number of requests with the same API key or token in 5 minutes, from 10.
   *
   * Cannot be set with `ApiAuth.iam()`, whose signatures differ in each request, and with `ApiAuth.none()`.
   *
   * @default - 1000, or no such rule with `ApiAuth.iam()` and `ApiAuth.none()`
   */
  readonly requestsPerKey?: number;

  /**
   * Log group for the requests that AWS WAF inspects. Its name must begin with `aws-waf-logs-`.
   *
   * The log contains no bodies, query strings, API keys and tokens. It contains IP addresses, paths and the other headers.
   *
   * @default - requests are not logged
   */
  readonly logGroup?: logs.ILogGroup;
}

/**
 * The web ACL of an API, returned by `GenAiImageApi.addFirewall()`.
 *
 * Its default child is the `CfnWebACL`, to which you can add rules.
 */
export interface IApiFirewall extends IConstruct {
  /**
   * ARN of the web ACL.
   *
   * @attribute
   */
  readonly webAclArn: string;
}
