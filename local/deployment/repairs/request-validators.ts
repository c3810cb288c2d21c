import { CreateRequestValidatorCommand, UpdateMethodCommand } from '@aws-sdk/client-api-gateway';
import { propertyValue } from './property-value';
import { type Clients } from '../../emulator/clients';
import { resourcesOfType } from '../../template/template';
import { type DeployedStack } from '../create-stack';

/** Creates the request validators and assigns them to the methods. */
export async function createRequestValidators(stack: DeployedStack, { apiGateway }: Clients): Promise<void> {
  const validators = new Map<string, string | undefined>();
  for (const [id, properties] of resourcesOfType(stack.template, 'AWS::ApiGateway::RequestValidator')) {
    const created = await apiGateway.send(new CreateRequestValidatorCommand({
      restApiId: propertyValue(stack, properties.RestApiId),
      name: id,
      validateRequestBody: properties.ValidateRequestBody === true,
      validateRequestParameters: properties.ValidateRequestParameters === true,
    }));
    validators.set(id, created.id);
  }
  for (const [, properties] of resourcesOfType(stack.template, 'AWS::ApiGateway::Method')) {
    const validator = validators.get((properties.RequestValidatorId as { Ref?: string } | undefined)?.Ref ?? '');
    if (!validator) continue;
    await apiGateway.send(new UpdateMethodCommand({
      restApiId: propertyValue(stack, properties.RestApiId),
      resourceId: propertyValue(stack, properties.ResourceId),
      httpMethod: String(properties.HttpMethod),
      patchOperations: [{ op: 'replace', path: '/requestValidatorId', value: validator }],
    }));
  }
}
