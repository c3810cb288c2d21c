import { DescribedApi, Json } from './types';

/** Ways to show who one is, by the name that operations refer to them by. */
const SCHEMES = {
  awsSigV4: {
    'type': 'apiKey',
    'in': 'header',
    'name': 'Authorization',
    'description': 'The request is signed with AWS credentials: Signature Version 4, service `execute-api`.',
    'x-amazon-apigateway-authtype': 'awsSigv4',
  },
  apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'The API key of a client.' },
  bearerKey: { type: 'http', scheme: 'bearer', description: 'The API key of a client, as a bearer token.' },
  bearerToken: { type: 'http', scheme: 'bearer', description: 'A token of the user, or what else the authorizer of this API asks for.' },
} as const;

/** By name; empty: anybody may call. Those of one operation are asked for together. */
type Schemes = Readonly<Record<string, Json>>;

function schemesOf({ auth, bearer, credentialHeaders }: DescribedApi, forBearers: boolean | undefined): Schemes {
  if (credentialHeaders) return Object.fromEntries(credentialHeaders.map((name) => [name.replace(/[^A-Za-z0-9._-]/g, '_'), headerScheme(name)]));
  const { awsSigV4, apiKey, bearerKey, bearerToken } = SCHEMES;
  switch (auth) {
    case 'iam': return { awsSigV4 };
    case 'apiKey': return bearer && forBearers ? { bearerKey } : { apiKey };
    case 'authorizer': return { bearerToken };
    case 'none': return {};
  }
}

function headerScheme(name: string): Json {
  return { type: 'apiKey', in: 'header', name, description: 'What the authorizer of this API asks for.' };
}

/** What an operation asks for. */
export function securityOf(api: DescribedApi, forBearers?: boolean): readonly Json[] {
  const names = Object.keys(schemesOf(api, forBearers));
  return names.length > 0 ? [Object.fromEntries(names.map((name) => [name, []]))] : [];
}

export function securitySchemes(api: DescribedApi): { readonly securitySchemes?: Json } {
  const used: Schemes = Object.assign({}, ...api.routes.map(({ bearer }) => schemesOf(api, bearer)));
  return Object.keys(used).length > 0 ? { securitySchemes: used } : {};
}
