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

type Scheme = keyof typeof SCHEMES;

/** Undefined: anybody may call. */
function schemeOf({ auth, bearer }: DescribedApi, forBearers: boolean | undefined): Scheme | undefined {
  switch (auth) {
    case 'iam': return 'awsSigV4';
    case 'apiKey': return bearer && forBearers ? 'bearerKey' : 'apiKey';
    case 'authorizer': return 'bearerToken';
    case 'none': return undefined;
  }
}

/** What an operation asks for. */
export function securityOf(api: DescribedApi, forBearers?: boolean): readonly Json[] {
  const scheme = schemeOf(api, forBearers);
  return scheme ? [{ [scheme]: [] }] : [];
}

export function securitySchemes(api: DescribedApi): { readonly securitySchemes?: Json } {
  const used = [...new Set(api.routes.flatMap(({ bearer }) => schemeOf(api, bearer) ?? []))];
  return used.length > 0 ? { securitySchemes: Object.fromEntries(used.map((scheme) => [scheme, SCHEMES[scheme]])) } : {};
}
