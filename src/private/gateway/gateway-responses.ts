import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { errorCorsHeaders } from './preflight';
import { ApiAuthBinding } from '../../api-auth-binding';
import { ErrorCode, ERRORS, FieldError, problem, PROBLEM_CONTENT_TYPE } from '../contract/errors';

/** An error that the gateway answers by itself, before or instead of the handler. */
export interface GatewayErrorResponse {
  readonly type: apigateway.ResponseType;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly fieldErrors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
  /** The model may have been paid: clients of OpenAI's routes must not repeat the request by themselves. */
  readonly mayBeCharged?: boolean;
}

const { ResponseType } = apigateway;

const TOO_LARGE = 'The request is too large: pictures in it may have 4 MB together. Where this API has POST /images/uploads, send larger ones there.';

/** Types that are not listed are answered as DEFAULT_4XX and DEFAULT_5XX. */
const ALWAYS: readonly GatewayErrorResponse[] = [
  { type: ResponseType.DEFAULT_4XX, code: 'INVALID_REQUEST', detail: 'The gateway could not read the request.' },
  { type: ResponseType.DEFAULT_5XX, code: 'INTERNAL', detail: 'Something went wrong. The request id helps the operator to find out what.', mayBeCharged: true },
  { type: ResponseType.BAD_REQUEST_BODY, code: 'INVALID_REQUEST', detail: 'The body must be a JSON object.' },
  { type: ResponseType.REQUEST_TOO_LARGE, code: 'PAYLOAD_TOO_LARGE', detail: TOO_LARGE },
  { type: ResponseType.UNSUPPORTED_MEDIA_TYPE, code: 'UNSUPPORTED_MEDIA_TYPE', detail: 'The body must be JSON, with Content-Type: application/json.' },
  { type: ResponseType.ACCESS_DENIED, code: 'FORBIDDEN', detail: 'These credentials may not do this.' },
  { type: ResponseType.RESOURCE_NOT_FOUND, code: 'NOT_FOUND', detail: 'There is no such path.' },
  { type: ResponseType.WAF_FILTERED, code: 'FORBIDDEN', detail: 'The request was blocked by a firewall rule.' },
  { type: ResponseType.THROTTLED, code: 'THROTTLED', detail: 'Too many requests at once. Retry after a pause.', retryAfterSeconds: 1 },
  { type: ResponseType.INTEGRATION_TIMEOUT, code: 'MODEL_TIMEOUT', detail: 'The image was not ready in time.', mayBeCharged: true },
];

/** The gateway answers MISSING_AUTHENTICATION_TOKEN for each path it does not know, and where signatures are needed for unsigned requests too. */
const UNKNOWN_PATH: GatewayErrorResponse = { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, code: 'NOT_FOUND', detail: 'There is no such path or method.' };

/** The authorizer's own trouble is not the caller's fault. */
const AUTHORIZER_TROUBLE = [ResponseType.AUTHORIZER_CONFIGURATION_ERROR, ResponseType.AUTHORIZER_FAILURE].map((type): GatewayErrorResponse => (
  { type, code: 'INTERNAL', detail: 'The credentials could not be checked. The request id helps the operator to find out why.' }
));

/** Of methods that ask for signatures. */
const SIGNED: readonly GatewayErrorResponse[] = [
  {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    code: 'FORBIDDEN',
    detail: 'The request is not signed with AWS credentials (Signature Version 4), or there is no such path or method.',
  },
  { type: ResponseType.INVALID_SIGNATURE, code: 'FORBIDDEN', detail: 'The signature of the request does not match.' },
  { type: ResponseType.EXPIRED_TOKEN, code: 'FORBIDDEN', detail: 'The AWS credentials have expired.' },
];

// LiteLLM recognises a bad key by these words only
const BAD_KEY = 'Incorrect API key provided.';
const KEY_IN_HEADER = `${BAD_KEY} Send a valid key in the header x-api-key.`;
const BEARER_KEY = `${BAD_KEY} Send a valid key: as Authorization: Bearer <key> on OpenAI's routes, in the header x-api-key on all others.`;

/** Of methods that ask for API keys. */
const keyErrors = (detail: string): GatewayErrorResponse[] => [
  { type: ResponseType.INVALID_API_KEY, code: 'UNAUTHENTICATED', detail },
  // a day's quota comes back at midnight UTC, and a static answer cannot tell how far that is
  { type: ResponseType.QUOTA_EXCEEDED, code: 'QUOTA_EXCEEDED', detail: 'The daily quota of this API key is used up.', retryAfterSeconds: 3600 },
];

/** Of methods that ask an authorizer. */
const authorizerErrors = (detail: string): GatewayErrorResponse[] => [
  { type: ResponseType.UNAUTHORIZED, code: 'UNAUTHENTICATED', detail },
  ...AUTHORIZER_TROUBLE,
];

/** Which errors there are follows from how methods are protected, whoever owns their images: an `ApiAuth` can be anybody's. */
export function gatewayErrorResponses({ methodOptions, bearerMethodOptions, credentialHeaders }: Omit<ApiAuthBinding, 'owner'>): readonly GatewayErrorResponse[] {
  const methods = [methodOptions, bearerMethodOptions].flatMap((options) => options ?? []);
  const types = methods.map(({ authorizationType, authorizer }) => authorizationType ?? authorizer?.authorizationType);
  const hasKeys = methods.some(({ apiKeyRequired }) => apiKeyRequired);
  const { CUSTOM, COGNITO, IAM } = apigateway.AuthorizationType;
  const badCredentials = hasKeys ? BEARER_KEY : `The credentials are missing, wrong or expired; ${whereTheyGo(credentialHeaders)}.`;
  return [
    ...ALWAYS,
    ...(types.includes(IAM) ? SIGNED : [UNKNOWN_PATH]),
    ...(hasKeys ? keyErrors(bearerMethodOptions ? BEARER_KEY : KEY_IN_HEADER) : []),
    ...(types.some((type) => type === CUSTOM || type === COGNITO) ? authorizerErrors(badCredentials) : []),
  ];
}

function whereTheyGo(headers: readonly string[] | undefined): string {
  return headers ? `they go into the header ${headers.join(' and the header ')}` : 'tokens go into the header Authorization: Bearer <token>';
}

/** The gateway does not say which parameter it missed: where there is but one to miss, this does. */
function missingParameter(required: readonly string[]): GatewayErrorResponse[] {
  const [pointer, ...others] = new Set(required);
  if (pointer === undefined) return [];
  return [{
    type: ResponseType.BAD_REQUEST_PARAMETERS,
    code: 'INVALID_REQUEST',
    detail: others.length > 0
      ? `A query parameter that this route requires is missing or empty: ${[pointer, ...others].join(' or ')}.`
      : `The query parameter ${pointer} is required, and is missing or empty.`,
    ...(others.length === 0 && { fieldErrors: [{ pointer, detail: 'is required: a text' }] }),
  }];
}

export interface GatewayErrorOptions {
  readonly auth: ApiAuthBinding;
  /** Query parameters that some route requires. */
  readonly requiredQuery: readonly string[];
  readonly corsOrigins: readonly string[];
}

/** Without these, clients get another body shape, and browsers no body at all, as the default ones have no CORS headers. */
export function addGatewayResponses(scope: Construct, restApi: apigateway.RestApi, options: GatewayErrorOptions): void {
  const { auth, requiredQuery, corsOrigins } = options;
  const errors = [...gatewayErrorResponses(auth), ...missingParameter(requiredQuery)];
  for (const { type, code, detail, fieldErrors, retryAfterSeconds, mayBeCharged } of errors) {
    new apigateway.GatewayResponse(scope, constructId(type), {
      restApi,
      type,
      // written out, also for the default types: the body names it
      statusCode: String(ERRORS[code].status),
      responseHeaders: {
        'Content-Type': quoted(PROBLEM_CONTENT_TYPE),
        ...(retryAfterSeconds !== undefined && { 'Retry-After': quoted(String(retryAfterSeconds)) }),
        ...(mayBeCharged && { 'X-Should-Retry': quoted('false') }),
        ...errorCorsHeaders(corsOrigins),
      },
      // not a Velocity template: the gateway fills in variables and leaves the rest as it is
      templates: { 'application/json': JSON.stringify(problem(code, detail, '$context.requestId', fieldErrors)) },
    });
  }
}

/** BAD_REQUEST_BODY -> BadRequestBody */
function constructId(type: apigateway.ResponseType): string {
  return type.responseType.toLowerCase().split('_').map((word) => word[0].toUpperCase() + word.slice(1)).join('');
}

/** Single quotes make a static value. */
function quoted(value: string): string {
  return `'${value}'`;
}
