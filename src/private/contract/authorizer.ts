/** What the construct hands to the function that checks credentials before the gateway lets a request pass. */

/** The environment variable. */
export const AUTHORIZER_VARIABLE = 'GENAI_IMAGE_AUTHORIZER';

/** Signatures that anyone can check but only the issuer can make; nothing else is accepted, whatever a token says. */
export const JWT_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

/** Tokens of an OpenID Connect provider. */
export interface AuthorizerConfiguration {
  readonly issuer: string;
  /** One of them must be an audience of the token. */
  readonly audience: readonly string[];
  /** Absent: as the issuer's discovery document says. */
  readonly jwksUri?: string;
  readonly algorithms: readonly string[];
  /** Absent: any. */
  readonly scopes?: readonly string[];
  /** How far the clocks of the issuer and ours may be apart. */
  readonly clockToleranceSeconds: number;
}

const TEXT = { type: 'string', minLength: 1 } as const;
const TEXTS = { type: 'array', minItems: 1, items: TEXT } as const;

export const AUTHORIZER_CONFIGURATION_SCHEMA = {
  $id: 'AuthorizerConfiguration',
  type: 'object',
  additionalProperties: false,
  required: ['issuer', 'audience', 'algorithms', 'clockToleranceSeconds'],
  properties: {
    issuer: TEXT,
    audience: TEXTS,
    jwksUri: TEXT,
    algorithms: { type: 'array', minItems: 1, items: { enum: JWT_ALGORITHMS } },
    scopes: TEXTS,
    clockToleranceSeconds: { type: 'integer', minimum: 0 },
  },
} as const;
