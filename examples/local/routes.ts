import { resourcesOf, Template } from './template';

export interface ApiRoute {
  /** For example `GET /images/{id}`. */
  readonly name: string;
  /** As API Gateway calls it: `AWS_IAM`, `NONE` and so on. */
  readonly authorization: string;
}

/** The routes of a template's REST API, preflights left out. */
export function routesOf(template: Template): ApiRoute[] {
  const parts = new Map(resourcesOf(template, 'AWS::ApiGateway::Resource'));
  const pathOf = (id: string | undefined): string => {
    const part = parts.get(id ?? '');
    return part ? `${pathOf(refOf(part.ParentId))}/${String(part.PathPart)}` : '';
  };
  return resourcesOf(template, 'AWS::ApiGateway::Method')
    .filter(([, { HttpMethod }]) => HttpMethod !== 'OPTIONS')
    .map(([, { HttpMethod, ResourceId, AuthorizationType }]) => ({
      name: `${String(HttpMethod)} ${pathOf(refOf(ResourceId)) || '/'}`,
      authorization: String(AuthorizationType),
    }));
}

function refOf(value: unknown): string | undefined {
  return (value as { Ref?: string } | undefined)?.Ref;
}
