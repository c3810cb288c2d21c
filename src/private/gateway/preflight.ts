import { Duration } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { ALLOWED_HEADERS, EXPOSED_HEADERS, PREFLIGHT_MAX_AGE_SECONDS } from '../contract/routes';

const ALLOWED = ALLOWED_HEADERS.map((name) => name.toLowerCase());

/** Returns the options of preflight responses. Cookies are never allowed. */
export function preflight(
  corsOrigins: readonly string[], methods: readonly string[], credentialHeaders: readonly string[] = [],
): apigateway.CorsOptions {
  return {
    allowOrigins: [...corsOrigins],
    allowMethods: [...methods],
    allowHeaders: [...ALLOWED_HEADERS, ...credentialHeaders.filter((name) => !ALLOWED.includes(name.toLowerCase()))],
    exposeHeaders: [...EXPOSED_HEADERS],
    maxAge: Duration.seconds(PREFLIGHT_MAX_AGE_SECONDS),
  };
}

/** Returns the CORS headers of gateway responses. They are static, so several origins become all origins; error responses contain nothing to protect. */
export function errorCorsHeaders(corsOrigins: readonly string[]): Record<string, string> {
  if (corsOrigins.length === 0) return {};
  return {
    'Access-Control-Allow-Origin': corsOrigins.length === 1 ? `'${corsOrigins[0]}'` : "'*'",
    'Access-Control-Expose-Headers': `'${EXPOSED_HEADERS.join(',')}'`,
  };
}
