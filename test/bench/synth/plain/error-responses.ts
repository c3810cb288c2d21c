import * as apigateway from 'aws-cdk-lib/aws-apigateway';

const { ResponseType } = apigateway;

interface ErrorResponse {
  readonly type: apigateway.ResponseType;
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** Type of the error for OpenAI clients. */
  readonly openAiType?: string;
  readonly retryAfter?: number;
  readonly mayBeCharged?: boolean;
}

const INTERNAL = { status: 500, code: 'INTERNAL', title: 'Internal error', openAiType: 'server_error' };
const FORBIDDEN = { status: 403, code: 'FORBIDDEN', title: 'Access denied', openAiType: 'permission_error' };
const INVALID = { status: 400, code: 'INVALID_REQUEST', title: 'The request is not valid' };
const NOT_FOUND = { status: 404, code: 'NOT_FOUND', title: 'Not found' };
const UNAUTHENTICATED = { status: 401, code: 'UNAUTHENTICATED', title: 'The credentials are missing or not valid', openAiType: 'authentication_error' };

const CREDENTIALS_DETAIL = 'the credentials could not be validated; the operator can find the cause by the request id';
const KEY_DETAIL = 'Incorrect API key provided; send a valid key as Authorization: Bearer <key> on OpenAI routes, and in the header x-api-key on all other routes';

const ALWAYS: ErrorResponse[] = [
  { type: ResponseType.DEFAULT_5XX, ...INTERNAL, detail: 'internal error; the operator can find the cause by the request id', mayBeCharged: true },
  { type: ResponseType.BAD_REQUEST_BODY, ...INVALID, detail: 'the body must be a JSON object' },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
    title: 'The request is too large',
    detail: 'the request is too large: images in a request can have at most 4 MB in total; send larger images to POST /images/uploads if this API has it',
  },
  {
    type: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    title: 'Unsupported media type',
    detail: 'the body must be JSON, with Content-Type: application/json',
  },
  { type: ResponseType.ACCESS_DENIED, ...FORBIDDEN, detail: 'the credentials do not allow this request' },
  { type: ResponseType.RESOURCE_NOT_FOUND, ...NOT_FOUND, detail: 'the path does not exist' },
  { type: ResponseType.WAF_FILTERED, ...FORBIDDEN, detail: 'a firewall rule blocked the request' },
  {
    type: ResponseType.THROTTLED, status: 429, code: 'THROTTLED', title: 'Too many requests', openAiType: 'rate_limit_error', detail: 'too many requests; retry later', retryAfter: 1,
  },
  {
    type: ResponseType.INTEGRATION_TIMEOUT,
    status: 504,
    code: 'MODEL_TIMEOUT',
    title: 'The model timed out',
    openAiType: 'server_error',
    detail: 'the image was not generated in time',
    mayBeCharged: true,
  },
];

export const SIGNED_ERRORS: ErrorResponse[] = [
  ...ALWAYS,
  { type: ResponseType.DEFAULT_4XX, ...FORBIDDEN, detail: 'the request is malformed, or its signature is incomplete' },
  {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    ...FORBIDDEN,
    detail: 'the request is not signed with AWS credentials (Signature Version 4), or the path or method does not exist',
  },
  { type: ResponseType.INVALID_SIGNATURE, ...FORBIDDEN, detail: 'the signature of the request does not match' },
  { type: ResponseType.EXPIRED_TOKEN, ...FORBIDDEN, detail: 'the AWS credentials have expired' },
];

export const KEY_ERRORS: ErrorResponse[] = [
  ...ALWAYS,
  { type: ResponseType.DEFAULT_4XX, ...INVALID, detail: 'the request is malformed' },
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, ...NOT_FOUND, detail: 'the path or method does not exist' },
  { type: ResponseType.INVALID_API_KEY, ...UNAUTHENTICATED, detail: KEY_DETAIL },
  {
    type: ResponseType.QUOTA_EXCEEDED,
    status: 429,
    code: 'QUOTA_EXCEEDED',
    title: 'The quota is exceeded',
    openAiType: 'rate_limit_error',
    detail: 'the daily quota of this API key is exceeded',
    retryAfter: 3600,
  },
  { type: ResponseType.UNAUTHORIZED, ...UNAUTHENTICATED, detail: KEY_DETAIL },
  { type: ResponseType.AUTHORIZER_CONFIGURATION_ERROR, ...INTERNAL, detail: CREDENTIALS_DETAIL },
  { type: ResponseType.AUTHORIZER_FAILURE, ...INTERNAL, detail: CREDENTIALS_DETAIL },
];

export function addErrorResponses(restApi: apigateway.RestApi, errors: readonly ErrorResponse[], corsHeaders: Record<string, string> = {}): void {
  for (const error of errors) {
    restApi.addGatewayResponse(error.type.responseType, {
      type: error.type,
      statusCode: String(error.status),
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        'Cache-Control': "'no-store'",
        ...(error.retryAfter && { 'Retry-After': `'${error.retryAfter}'` }),
        ...(error.mayBeCharged && { 'X-Should-Retry': "'false'" }),
        ...corsHeaders,
      },
      templates: { 'application/json': JSON.stringify(bodyOf(error)) },
    });
  }
}

function bodyOf({ status, code, title, detail, openAiType = 'invalid_request_error', mayBeCharged = false }: ErrorResponse): object {
  return {
    type: `urn:cdk-genai-image-api:error:${code}`,
    title,
    status,
    detail,
    code,
    requestId: '$context.requestId',
    charged: mayBeCharged ? 'maybe' : 'no',
    error: { message: detail, type: openAiType, code: code.toLowerCase(), param: null },
  };
}
