import { type JsonObject } from '../json-object';
import { type DescribedApi } from './described-api';

/** Security schemes by name. */
const SCHEMES = {
  awsSigV4: {
    'type': 'apiKey',
    'in': 'header',
    'name': 'Authorization',
    'description': 'AWS Signature Version 4, with the service name `execute-api`.',
    'x-amazon-apigateway-authtype': 'awsSigv4',
  },
  apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'The API key.' },
  bearerKey: { type: 'http', scheme: 'bearer', description: 'The API key, as a bearer token.' },
  bearerToken: { type: 'http', scheme: 'bearer', description: 'The token that the authorizer of this API checks.' },
} as const;

/** Schemes of one operation, by name. All of them are required. If empty, the operation is public. */
type Schemes = Readonly<Record<string, JsonObject>>;

function schemesOf({ auth, bearer, credentialHeaders }: DescribedApi, isBearerRoute: boolean | undefined): Schemes {
  if (credentialHeaders) return Object.fromEntries(credentialHeaders.map((name) => [name.replace(/[^A-Za-z0-9._-]/g, '_'), headerScheme(name)]));
  const { awsSigV4, apiKey, bearerKey, bearerToken } = SCHEMES;
  switch (auth) {
    case 'iam': return { awsSigV4 };
    case 'apiKey': return bearer && isBearerRoute ? { bearerKey } : { apiKey };
    case 'authorizer': return { bearerToken };
    case 'none': return {};
  }
}

function headerScheme(name: string): JsonObject {
  return { type: 'apiKey', in: 'header', name, description: 'The credentials that the authorizer of this API checks.' };
}

/** Returns the security requirements of an operation. */
export function securityOf(api: DescribedApi, isBearerRoute?: boolean): readonly JsonObject[] {
  const names = Object.keys(schemesOf(api, isBearerRoute));
  return names.length > 0 ? [Object.fromEntries(names.map((name) => [name, []]))] : [];
}

/** Returns the security schemes of all routes. */
export function securitySchemes(api: DescribedApi): { readonly securitySchemes?: JsonObject } {
  const used: Schemes = Object.assign({}, ...api.routes.map(({ bearer }) => schemesOf(api, bearer)));
  return Object.keys(used).length > 0 ? { securitySchemes: used } : {};
}
