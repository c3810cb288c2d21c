import { resourcesOfType, type Template } from './template';

export interface ApiRoute {
  /** For example `GET /images/{id}`. */
  readonly name: string;
  /** Authorization type of API Gateway, for example `AWS_IAM` or `NONE`. */
  readonly authorization: string;
}

/** Returns the routes of the REST API in a template, without preflight methods. */
export function routesOf(template: Template): ApiRoute[] {
  return resourcesOfType(template, 'AWS::ApiGateway::Method')
    .filter(([, { HttpMethod }]) => HttpMethod !== 'OPTIONS')
    .map(([, { HttpMethod, ResourceId, AuthorizationType }]) => ({
      name: `${String(HttpMethod)} ${resourcePath(ResourceId, template) || '/'}`,
      authorization: String(AuthorizationType),
    }));
}

/** Returns the path of a referenced API resource. It is empty for the root. */
export function resourcePath(reference: unknown, template: Template): string {
  const { PathPart, ParentId } = template.Resources[refLogicalId(reference)]?.Properties ?? {};
  return PathPart === undefined ? '' : `${resourcePath(ParentId, template)}/${String(PathPart)}`;
}

/** Returns the logical id in a `Ref`. */
export function refLogicalId(value: unknown): string {
  return (value as { Ref?: string } | undefined)?.Ref ?? '';
}
