import { resourcesOfType, Template } from './template';
import { resourcePath, refLogicalId } from './template-routes';

const SOURCE = 'method.request.header.Authorization';

/** Paths, without the stage, where callers send their API key as `Authorization: Bearer`, and an authorizer tells API Gateway which it is. */
export function bearerKeyPaths(template: Template): string[] {
  const authorizers = new Map(resourcesOfType(template, 'AWS::ApiGateway::Authorizer'));
  const methods = resourcesOfType(template, 'AWS::ApiGateway::Method')
    .filter(([, { ApiKeyRequired, AuthorizerId }]) => ApiKeyRequired === true && authorizers.get(refLogicalId(AuthorizerId))?.IdentitySource === SOURCE);
  return [...new Set(methods.map(([, { ResourceId }]) => resourcePath(ResourceId, template)))];
}
