// the main module loads CloudFront on first use, and few apps have a playground
import { aws_cloudfront as cloudfront, Duration } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { globalName } from './global-name';

const CSP = 'Content-Security-Policy';
const CONTENT_TYPE_OPTIONS = 'X-Content-Type-Options';
const REFERRER_POLICY = 'Referrer-Policy';
const TRANSPORT_SECURITY = 'Strict-Transport-Security';

/** Creates a policy that sets headers. CloudFront accepts four of them as security headers only, not as custom headers. */
export function createResponseHeaders(
  scope: Construct, id: string, comment: string, headers: Readonly<Record<string, string>>,
): cloudfront.ResponseHeadersPolicy {
  const custom = Object.entries(headers).filter(([name]) => ![CSP, CONTENT_TYPE_OPTIONS, REFERRER_POLICY, TRANSPORT_SECURITY].includes(name));
  return new cloudfront.ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: globalName(scope, id),
    comment,
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: headers[CSP], override: true },
      contentTypeOptions: { override: true },
      referrerPolicy: { referrerPolicy: headers[REFERRER_POLICY] as cloudfront.HeadersReferrerPolicy, override: true },
      strictTransportSecurity: { accessControlMaxAge: maxAge(headers[TRANSPORT_SECURITY]), override: true },
    },
    customHeadersBehavior: { customHeaders: custom.map(([header, value]) => ({ header, value, override: true })) },
  });
}

function maxAge(value: string): Duration {
  return Duration.seconds(Number(/^max-age=(\d+)$/.exec(value)?.[1]));
}
