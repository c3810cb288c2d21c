import { resourcesOfType, Template } from './template';

export interface ApiRoute {
  /** For example `GET /images/{id}`. */
  readonly name: string;
  /** As API Gateway calls it: `AWS_IAM`, `NONE` and so on. */
  readonly authorization: string;
}

/** The routes of a template's REST API, preflights left out. */
export function routesOf(template: Template): ApiRoute[] {
  return resourcesOfType(template, 'AWS::ApiGateway::Method')
    .filter(([, { HttpMethod }]) => HttpMethod !== 'OPTIONS')
    .map(([, { HttpMethod, ResourceId, AuthorizationType }]) => ({
      name: `${String(HttpMethod)} ${resourcePath(ResourceId, template) || '/'}`,
      authorization: String(AuthorizationType),
    }));
}

/** Of an API's resource that something refers to; empty for the root. */
export function resourcePath(reference: unknown, template: Template): string {
  const { PathPart, ParentId } = template.Resources[refLogicalId(reference)]?.Properties ?? {};
  return PathPart === undefined ? '' : `${resourcePath(ParentId, template)}/${String(PathPart)}`;
}

/** The logical id in a `Ref`. */
export function refLogicalId(value: unknown): string {
  return (value as { Ref?: string } | undefined)?.Ref ?? '';
}
