import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { errorCorsHeaders } from './preflight';
import { type ApiAuthBinding } from '../../api-auth-binding';
import { type ErrorCode, ERRORS, type FieldError, problem, PROBLEM_CONTENT_TYPE } from '../contract/errors';
import { type Route, SHOULD_RETRY_HEADER } from '../contract/routes';

/** An error response of API Gateway, before or instead of the handler. */
export interface GatewayErrorResponse {
  readonly type: apigateway.ResponseType;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly fieldErrors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
  /** Whether the function may have called a model, which can have been charged: OpenAI clients must not retry the request. */
  readonly mayBeCharged?: boolean;
}

const { ResponseType } = apigateway;

const TOO_LARGE = 'the request is too large: images in a request can have at most 4 MB in total; send larger images to POST /images/uploads if this API has it';

/** All other types use DEFAULT_4XX and DEFAULT_5XX. */
const ALWAYS: readonly GatewayErrorResponse[] = [
  { type: ResponseType.DEFAULT_5XX, code: 'INTERNAL', detail: 'internal error; the operator can find the cause by the request id', mayBeCharged: true },
  { type: ResponseType.BAD_REQUEST_BODY, code: 'INVALID_REQUEST', detail: 'the body must be a JSON object' },
  { type: ResponseType.REQUEST_TOO_LARGE, code: 'PAYLOAD_TOO_LARGE', detail: TOO_LARGE },
  { type: ResponseType.UNSUPPORTED_MEDIA_TYPE, code: 'UNSUPPORTED_MEDIA_TYPE', detail: 'the body must be JSON, with Content-Type: application/json' },
  { type: ResponseType.ACCESS_DENIED, code: 'FORBIDDEN', detail: 'the credentials do not allow this request' },
  { type: ResponseType.RESOURCE_NOT_FOUND, code: 'NOT_FOUND', detail: 'the path does not exist' },
  { type: ResponseType.WAF_FILTERED, code: 'FORBIDDEN', detail: 'a firewall rule blocked the request' },
  { type: ResponseType.THROTTLED, code: 'THROTTLED', detail: 'too many requests; retry later', retryAfterSeconds: 1 },
  { type: ResponseType.INTEGRATION_TIMEOUT, code: 'MODEL_TIMEOUT', detail: 'the image was not generated in time', mayBeCharged: true },
];

/** API Gateway returns MISSING_AUTHENTICATION_TOKEN for unknown paths and, with IAM authorization, for unsigned requests. */
const UNKNOWN_PATH: GatewayErrorResponse = { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, code: 'NOT_FOUND', detail: 'the path or method does not exist' };

/** Failures of an authorizer, which callers do not cause. */
const AUTHORIZER_FAILURES = [ResponseType.AUTHORIZER_CONFIGURATION_ERROR, ResponseType.AUTHORIZER_FAILURE].map((type): GatewayErrorResponse => (
  { type, code: 'INTERNAL', detail: 'the credentials could not be validated; the operator can find the cause by the request id' }
));

const MALFORMED: GatewayErrorResponse = { type: ResponseType.DEFAULT_4XX, code: 'INVALID_REQUEST', detail: 'the request is malformed' };

/** Responses of methods with IAM authorization. */
const SIGNED: readonly GatewayErrorResponse[] = [
  // an incomplete signature has no response type of its own
  { type: ResponseType.DEFAULT_4XX, code: 'FORBIDDEN', detail: 'the request is malformed, or its signature is incomplete' },
  {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    code: 'FORBIDDEN',
    detail: 'the request is not signed with AWS credentials (Signature Version 4), or the path or method does not exist',
  },
  { type: ResponseType.INVALID_SIGNATURE, code: 'FORBIDDEN', detail: 'the signature of the request does not match' },
  { type: ResponseType.EXPIRED_TOKEN, code: 'FORBIDDEN', detail: 'the AWS credentials have expired' },
];

// LiteLLM recognizes an invalid key by this text only
const INVALID_KEY = 'Incorrect API key provided';
const KEY_IN_HEADER = `${INVALID_KEY}; send a valid key in the header x-api-key`;
const BEARER_KEY = `${INVALID_KEY}; send a valid key as Authorization: Bearer <key> on OpenAI routes, and in the header x-api-key on all other routes`;

/** Responses of methods with API keys. */
const keyErrors = (detail: string): GatewayErrorResponse[] => [
  { type: ResponseType.INVALID_API_KEY, code: 'UNAUTHENTICATED', detail },
  // a daily quota resets at midnight UTC; a static response cannot contain the remaining time
  { type: ResponseType.QUOTA_EXCEEDED, code: 'QUOTA_EXCEEDED', detail: 'the daily quota of this API key is exceeded', retryAfterSeconds: 3600 },
];

/** Responses of methods with an authorizer. */
const authorizerErrors = (detail: string): GatewayErrorResponse[] => [
  { type: ResponseType.UNAUTHORIZED, code: 'UNAUTHENTICATED', detail },
  ...AUTHORIZER_FAILURES,
];

/** Derives the error responses from the method options, so that they also fit subclasses of `ApiAuth`. */
export function gatewayErrorResponses({ methodOptions, bearerMethodOptions, credentialHeaders }: Omit<ApiAuthBinding, 'owner'>): readonly GatewayErrorResponse[] {
  const methods = [methodOptions, bearerMethodOptions].flatMap((options) => options ?? []);
  const types = methods.map(({ authorizationType, authorizer }) => authorizationType ?? authorizer?.authorizationType);
  const hasKeys = methods.some(({ apiKeyRequired }) => apiKeyRequired);
  const { CUSTOM, COGNITO, IAM } = apigateway.AuthorizationType;
  const invalidCredentials = hasKeys ? BEARER_KEY : `the credentials are missing, invalid or expired; ${credentialsHint(credentialHeaders)}`;
  return [
    ...ALWAYS,
    ...(types.includes(IAM) ? SIGNED : [MALFORMED, UNKNOWN_PATH]),
    ...(hasKeys ? keyErrors(bearerMethodOptions ? BEARER_KEY : KEY_IN_HEADER) : []),
    ...(types.some((type) => type === CUSTOM || type === COGNITO) ? authorizerErrors(invalidCredentials) : []),
  ];
}

function credentialsHint(headers: readonly string[] | undefined): string {
  return headers ? `send them in the header ${headers.join(' and the header ')}` : 'send a token in the header Authorization: Bearer <token>';
}

/** API Gateway does not report which parameter is missing. If only one parameter is required, this response names it. */
function missingParameter(required: readonly string[]): GatewayErrorResponse[] {
  const [pointer, ...others] = new Set(required);
  if (pointer === undefined) return [];
  return [{
    type: ResponseType.BAD_REQUEST_PARAMETERS,
    code: 'INVALID_REQUEST',
    detail: others.length > 0
      ? `a required query parameter is missing or empty: ${[pointer, ...others].join(' or ')}`
      : `the required query parameter ${pointer} is missing or empty`,
    ...(others.length === 0 && { fieldErrors: [{ pointer, detail: 'is required: a string' }] }),
  }];
}

export interface GatewayResponseOptions {
  readonly auth: ApiAuthBinding;
  readonly routes: readonly Route[];
  readonly corsOrigins: readonly string[];
}

/** Adds the gateway responses. The default responses have another body format, and no CORS headers, so browsers could not read them. */
export function addGatewayResponses(scope: Construct, restApi: apigateway.RestApi, options: GatewayResponseOptions): void {
  const { auth, routes, corsOrigins } = options;
  const requiredQuery = routes.flatMap((route) => route.requiredQuery ?? []);
  const errors = [...gatewayErrorResponses(auth), ...missingParameter(requiredQuery)];
  for (const { type, code, detail, fieldErrors, retryAfterSeconds, mayBeCharged } of errors) {
    new apigateway.GatewayResponse(scope, constructId(type), {
      restApi,
      type,
      // explicit also for the default types, because the body contains the status
      statusCode: String(ERRORS[code].status),
      responseHeaders: {
        'Content-Type': quoted(PROBLEM_CONTENT_TYPE),
        // CloudFront would send the response to other callers of the path that wait at the same time
        'Cache-Control': quoted('no-store'),
        ...(retryAfterSeconds !== undefined && { 'Retry-After': quoted(String(retryAfterSeconds)) }),
        ...(mayBeCharged && { [SHOULD_RETRY_HEADER]: quoted('false') }),
        ...errorCorsHeaders(corsOrigins),
      },
      // not a Velocity template: API Gateway only replaces variables
      templates: { 'application/json': JSON.stringify(problem(code, detail, '$context.requestId', { charged: mayBeCharged ? 'maybe' : 'no', errors: fieldErrors })) },
    });
  }
}

/** Converts `BAD_REQUEST_BODY` to `BadRequestBody`. */
function constructId(type: apigateway.ResponseType): string {
  return type.responseType.toLowerCase().split('_').map((word) => word[0].toUpperCase() + word.slice(1)).join('');
}

/** Static values of headers have single quotes. */
function quoted(value: string): string {
  return `'${value}'`;
}
