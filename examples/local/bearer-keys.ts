import { resourcesOf, Template } from './template';

const SOURCE = 'method.request.header.Authorization';

/** Paths, without the stage, where callers send their API key as `Authorization: Bearer`, and an authorizer tells API Gateway which it is. */
export function bearerKeyPaths(template: Template): string[] {
  const authorizers = new Map(resourcesOf(template, 'AWS::ApiGateway::Authorizer'));
  const methods = resourcesOf(template, 'AWS::ApiGateway::Method')
    .filter(([, { ApiKeyRequired, AuthorizerId }]) => ApiKeyRequired === true && authorizers.get(reference(AuthorizerId))?.IdentitySource === SOURCE);
  return [...new Set(methods.map(([, { ResourceId }]) => pathOf(reference(ResourceId), template)))];
}

function pathOf(logicalId: string, template: Template): string {
  const { PathPart, ParentId } = template.Resources[logicalId]?.Properties ?? {};
  return PathPart === undefined ? '' : `${pathOf(reference(ParentId), template)}/${String(PathPart)}`;
}

function reference(value: unknown): string {
  return (value as { Ref?: string } | undefined)?.Ref ?? '';
}
