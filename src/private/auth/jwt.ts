import { Duration, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { type AuthStrategy } from './auth-strategy';
import { createAuthorizerFunction } from './authorizer-function';
import { type ApiAuthBinding, type ApiAuthBindOptions, OwnerSource } from '../../api-auth-binding';
import { type JwtAuthOptions } from '../../api-auth-options';
import { type AuthorizerConfiguration, JWT_ALGORITHMS } from '../contract/authorizer';
import { secondsInRange, unique } from '../validation/rules';
import { checkArguments, duration, listOf, optionsOf, text } from '../validation/value-types';

const TEXTS = listOf(text, 'strings');
const OPTIONS = optionsOf({ issuer: text, audience: TEXTS, jwksUri: text, algorithms: TEXTS, scopes: TEXTS, clockTolerance: duration }, ['issuer', 'audience']);

/** OpenID Connect Discovery 1.0, section 4. */
const DISCOVERY_PATH = '/.well-known/openid-configuration';

/** Tokens of an OpenID Connect provider. A Lambda authorizer of this package validates them. */
export class JwtStrategy implements AuthStrategy {
  public readonly credentials = { type: 'bearer' } as const;

  constructor(private readonly options: JwtAuthOptions) {
    checkArguments('ApiAuth.jwt()', OPTIONS('auth', options));
  }

  public validate(): string[] {
    const { issuer, audience, jwksUri, algorithms, scopes, clockTolerance } = this.options;
    return [
      ...httpsUrl('auth.issuer', issuer),
      ...(issuer.endsWith(DISCOVERY_PATH)
        ? [`'auth.issuer' must be the 'iss' of the tokens, which is the URL before ${DISCOVERY_PATH}, got '${issuer}'; write '${issuer.slice(0, -DISCOVERY_PATH.length)}', with a slash at the end if 'iss' has one`] : []),
      ...httpsUrl('auth.jwksUri', jwksUri),
      ...names('auth.audience', audience),
      ...names('auth.scopes', scopes),
      ...names('auth.algorithms', algorithms),
      ...(algorithms ?? []).filter((algorithm) => !JWT_ALGORITHMS.some((known) => known === algorithm))
        .map((algorithm) => `'auth.algorithms' must contain only ${JWT_ALGORITHMS.join(', ')}, got '${algorithm}'`),
      ...secondsInRange('auth.clockTolerance', clockTolerance, { min: Duration.seconds(0), max: Duration.minutes(5) }),
    ];
  }

  public bind(scope: Construct, options: ApiAuthBindOptions): ApiAuthBinding {
    const authorizer = new apigateway.RequestAuthorizer(scope, 'JwtAuthorizer', {
      handler: createAuthorizerFunction(scope, this.configuration(), options),
      identitySources: [apigateway.IdentitySource.header('Authorization')],
      // a cached response would accept a token after its expiration
      resultsCacheTtl: Duration.seconds(0),
    });
    return {
      owner: OwnerSource.authorizer('iss', 'sub'),
      methodOptions: { authorizationType: apigateway.AuthorizationType.CUSTOM, authorizer },
    };
  }

  private configuration(): AuthorizerConfiguration {
    const { issuer, audience, jwksUri, algorithms, scopes, clockTolerance } = this.options;
    return {
      issuer,
      audience,
      ...(jwksUri !== undefined && { jwksUri }),
      algorithms: algorithms ?? ['RS256'],
      ...(scopes && { scopes }),
      clockToleranceSeconds: clockTolerance?.toSeconds() ?? 0,
    };
  }
}

/** Without TLS an attacker could replace the keys. */
function httpsUrl(name: string, value: string | undefined): string[] {
  if (value === undefined || Token.isUnresolved(value) || (/^https:\/\/[^/?#\s]+[^?#\s]*$/.test(value) && URL.canParse(value))) return [];
  return [`'${name}' must be a URL that begins with https:// and has no query, got '${value}'`];
}

function names(name: string, values: readonly string[] | undefined): string[] {
  if (values === undefined || Token.isUnresolved(values)) return [];
  return [
    ...(values.length > 0 && values.every((value) => value !== '') ? [] : [`'${name}' must contain at least one name and no empty names`]),
    ...unique(name, values),
  ];
}
