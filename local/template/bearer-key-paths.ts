import { resourcesOfType, type Template } from './template';
import { resourcePath, refLogicalId } from './template-routes';

const IDENTITY_SOURCE = 'method.request.header.Authorization';

/** Returns the paths, without the stage, where an authorizer reads the API key from `Authorization: Bearer`. */
export function bearerKeyPaths(template: Template): string[] {
  const authorizers = new Map(resourcesOfType(template, 'AWS::ApiGateway::Authorizer'));
  const readsBearerKey = (authorizer: unknown) => authorizers.get(refLogicalId(authorizer))?.IdentitySource === IDENTITY_SOURCE;
  const methods = resourcesOfType(template, 'AWS::ApiGateway::Method')
    .filter(([, { ApiKeyRequired, AuthorizerId }]) => ApiKeyRequired === true && readsBearerKey(AuthorizerId));
  return [...new Set(methods.map(([, { ResourceId }]) => resourcePath(ResourceId, template)))];
}
