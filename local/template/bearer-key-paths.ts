import { resourcesOf, Template } from './template';
import { pathOf, referred } from './template-routes';

const SOURCE = 'method.request.header.Authorization';

/** Paths, without the stage, where callers send their API key as `Authorization: Bearer`, and an authorizer tells API Gateway which it is. */
export function bearerKeyPaths(template: Template): string[] {
  const authorizers = new Map(resourcesOf(template, 'AWS::ApiGateway::Authorizer'));
  const methods = resourcesOf(template, 'AWS::ApiGateway::Method')
    .filter(([, { ApiKeyRequired, AuthorizerId }]) => ApiKeyRequired === true && authorizers.get(referred(AuthorizerId))?.IdentitySource === SOURCE);
  return [...new Set(methods.map(([, { ResourceId }]) => pathOf(ResourceId, template)))];
}
