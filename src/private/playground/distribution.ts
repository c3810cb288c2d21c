// the main module loads CloudFront on first use, and few apps have a playground
import { aws_cloudfront as cloudfront, aws_cloudfront_origins as origins, Duration } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { type Construct } from 'constructs';
import { globalName } from './global-name';
import { type PlaygroundApi } from './playground-api';
import { createResponseHeaders } from './response-headers';
import { PLAYGROUND_DATA_HEADERS, PLAYGROUND_PATHS, playgroundHeaders } from '../contract/playground';
import { PLAYGROUND_PATH_FUNCTION } from '../contract/playground-paths';

/** Default quota of CloudFront for the response timeout of an origin. */
export const MAX_ORIGIN_TIMEOUT = Duration.seconds(60);
/** Default response timeout of CloudFront. */
const MIN_ORIGIN_TIMEOUT = Duration.seconds(30);

/** Errors that CloudFront caches for 10 seconds by default, also if caching is disabled. */
const CACHED_ERRORS = [404, 405, 414, 500, 501, 502, 503, 504];

export interface DistributionOptions {
  readonly api: PlaygroundApi;
  readonly pageBucket: s3.IBucket;
  /** Origin of the sign-in pages. */
  readonly signIn?: string;
  readonly domain?: string;
  readonly certificate?: acm.ICertificate;
}

/** Creates the distribution, which is the one origin of the page, the API and the images. */
export function createDistribution(scope: Construct, { api, pageBucket, signIn, domain, certificate }: DistributionOptions): cloudfront.Distribution {
  return new cloudfront.Distribution(scope, 'Distribution', {
    comment: 'Playground of an image API',
    // without a certificate, CloudFront ignores the protocol version
    ...(domain !== undefined && { domainNames: [domain], certificate, minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021 }),
    httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
    defaultRootObject: 'index.html',
    defaultBehavior: {
      origin: origins.S3BucketOrigin.withOriginAccessControl(pageBucket, {
        originAccessControl: new cloudfront.S3OriginAccessControl(scope, 'AccessControl', { originAccessControlName: globalName(scope, 'page') }),
      }),
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: createResponseHeaders(scope, 'PageHeaders', 'Page of an image API', playgroundHeaders({ signIn })),
    },
    additionalBehaviors: dataBehaviors(scope, api),
    // no error pages: they would also replace the error responses of the API
    errorResponses: CACHED_ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
  });
}

/** Returns the behaviors of requests that are not for page files. */
function dataBehaviors(scope: Construct, api: PlaygroundApi): Record<string, cloudfront.BehaviorOptions> {
  const common = {
    // a redirected request would already have sent its credentials
    viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
    responseHeadersPolicy: createResponseHeaders(scope, 'DataHeaders', 'API responses and images of a playground', PLAYGROUND_DATA_HEADERS),
    functionAssociations: [{ eventType: cloudfront.FunctionEventType.VIEWER_REQUEST, function: createPathFunction(scope) }],
  };
  // no origin access control: it would replace the signature of the URL
  const images = new origins.HttpOrigin(api.imagesHost);
  const originRequestPolicy = createBucketRequestPolicy(scope);
  return {
    [`${PLAYGROUND_PATHS.api}/*`]: {
      ...common,
      origin: new origins.HttpOrigin(api.host, { originPath: api.stagePath, readTimeout: originTimeout(api.timeout) }),
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
      // also forwards Authorization, which a custom origin request policy cannot name
      originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    },
    [`${PLAYGROUND_PATHS.images}/*`]: { ...common, origin: images, cachePolicy: createSignedUrlPolicy(scope), originRequestPolicy },
    [PLAYGROUND_PATHS.uploads]: {
      ...common,
      origin: images,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
      originRequestPolicy,
    },
  };
}

function createPathFunction(scope: Construct): cloudfront.Function {
  return new cloudfront.Function(scope, 'Paths', {
    comment: 'Removes the path prefix that selects the origin',
    code: cloudfront.FunctionCode.fromInline(PLAYGROUND_PATH_FUNCTION),
    runtime: cloudfront.FunctionRuntime.JS_2_0,
  });
}

/**
 * Caches nothing, but has the signature in the cache key. CloudFront sends one response to concurrent requests with the same key, and otherwise
 * a request without a valid signature could get the image of another one. A policy without caching cannot have the query in the key, so the
 * maximum is one second; the minimum and the default, which apply to images without `Cache-Control`, are 0.
 */
function createSignedUrlPolicy(scope: Construct): cloudfront.CachePolicy {
  return new cloudfront.CachePolicy(scope, 'SignedUrls', {
    cachePolicyName: globalName(scope, 'signed-urls'),
    comment: 'Signed URLs, not cached',
    queryStringBehavior: cloudfront.CacheQueryStringBehavior.all(),
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.seconds(1),
  });
}

/** The managed policies for S3 forward no query, or other headers: `Host` would invalidate signatures, and S3 rejects credentials beside them. */
function createBucketRequestPolicy(scope: Construct): cloudfront.OriginRequestPolicy {
  return new cloudfront.OriginRequestPolicy(scope, 'BucketRequests', {
    originRequestPolicyName: globalName(scope, 'signed-requests'),
    comment: 'Signed queries, and the type of uploads',
    queryStringBehavior: cloudfront.OriginRequestQueryStringBehavior.all(),
    headerBehavior: cloudfront.OriginRequestHeaderBehavior.allowList('Content-Type'),
    cookieBehavior: cloudfront.OriginRequestCookieBehavior.none(),
  });
}

/** Returns a timeout above that of API Gateway, so that the page gets its error response, and within the default quota of CloudFront. */
function originTimeout(apiTimeout: Duration): Duration {
  const seconds = Math.max(apiTimeout.toSeconds() + 1, MIN_ORIGIN_TIMEOUT.toSeconds());
  return Duration.seconds(Math.min(seconds, MAX_ORIGIN_TIMEOUT.toSeconds()));
}
