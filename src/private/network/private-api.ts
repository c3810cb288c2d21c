import { Fn, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type ApiAuthBinding } from '../../api-auth-binding';
import { STAGE_NAME } from '../gateway/rest-api';

/** Returns the endpoint configuration of a public API, or of a private API with an interface endpoint for `execute-api`. */
export function endpointConfiguration(endpoint: ec2.IVpcEndpoint | undefined): apigateway.EndpointConfiguration {
  return endpoint ? { types: [apigateway.EndpointType.PRIVATE], vpcEndpoints: [endpoint] } : { types: [apigateway.EndpointType.REGIONAL] };
}

/** Returns the URL of a private API at its endpoint. API Gateway creates the name, which does not depend on the private DNS names of the endpoint. */
export function privateUrl(restApi: apigateway.RestApi, { vpcEndpointId }: ec2.IVpcEndpoint): string {
  const { region, urlSuffix } = Stack.of(restApi);
  return Fn.join('', ['https://', restApi.restApiId, '-', vpcEndpointId, `.execute-api.${region}.${urlSuffix}/`, restApi.deploymentStage.stageName, '/']);
}

/** Allows requests through the endpoint only. Without a resource policy, API Gateway rejects all calls of a private API. */
export function allowEndpoint(restApi: apigateway.RestApi, { vpcEndpointId }: ec2.IVpcEndpoint, auth: Pick<ApiAuthBinding, 'methodOptions'>): void {
  const invoke = (effect: iam.Effect, principal: iam.IPrincipal, path: string, operator: string) => {
    restApi.addToResourcePolicy(new iam.PolicyStatement({
      effect,
      principals: [principal],
      actions: ['execute-api:Invoke'],
      // API Gateway replaces the prefix by the ARN of the API, which the API itself cannot reference
      resources: [`execute-api:/${path}`],
      conditions: { [operator]: { 'aws:SourceVpce': vpcEndpointId } },
    }));
  };
  invoke(iam.Effect.DENY, new iam.AnyPrincipal(), '*', 'StringNotEquals');
  if (auth.methodOptions.authorizationType === apigateway.AuthorizationType.IAM) {
    // For a caller of the same account, an allowed principal '*' would replace the permission that grantInvoke() adds.
    invoke(iam.Effect.ALLOW, new iam.AccountRootPrincipal(), '*', 'StringEquals');
    // preflight requests are not signed
    invoke(iam.Effect.ALLOW, new iam.AnyPrincipal(), `${STAGE_NAME}/OPTIONS/*`, 'StringEquals');
  } else {
    invoke(iam.Effect.ALLOW, new iam.AnyPrincipal(), '*', 'StringEquals');
  }
}
