/** Configuration that the construct passes to the Lambda authorizer of JSON Web Tokens. */

/** Name of the environment variable. */
export const AUTHORIZER_VARIABLE = 'GENAI_IMAGE_AUTHORIZER';

/** Accepted signature algorithms. All are asymmetric: only the issuer can sign. */
export const JWT_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

/** An OpenID Connect provider and the tokens that are accepted from it. */
export interface AuthorizerConfiguration {
  readonly issuer: string;
  /** Accepted audiences. A token must have at least one. */
  readonly audience: readonly string[];
  /** Default: the URI in the discovery document of the issuer. */
  readonly jwksUri?: string;
  readonly algorithms: readonly string[];
  /** Accepted scopes. A token must have at least one. Default: scopes are not checked. */
  readonly scopes?: readonly string[];
  /** Maximum difference between the clocks of the issuer and the function. */
  readonly clockToleranceSeconds: number;
}
