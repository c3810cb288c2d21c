// the main module loads Amazon EC2 on first use, and few apps have a VPC
import { aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { type Construct, type IConstruct } from 'constructs';

/** Validates at synthesis, when all endpoints of the app are known, that none conflicts with the endpoints of the functions. */
export function validateEndpoints(endpoints: Construct): void {
  endpoints.node.addValidation({ validate: () => conflicts(endpoints) });
}

function conflicts(endpoints: Construct): string[] {
  const own = endpointsUnder(endpoints);
  const others = endpointsUnder(endpoints.node.root).filter((other) => !own.includes(other));
  const found = own.flatMap((each) => {
    const other = others.find((candidate) => conflict(each, candidate));
    return other === undefined ? [] : [`${endpointService(each)} ('${other.node.path}')`];
  });
  if (found.length === 0) return [];
  return [
    `'network.createEndpoints' must not create endpoints that the VPC already has: ${found.join(', ')}; set it for one API of a VPC only, `
    + 'or remove it and create the missing endpoints with vpc.addInterfaceEndpoint()',
  ];
}

function endpointsUnder(scope: IConstruct): ec2.CfnVPCEndpoint[] {
  return scope.node.findAll().filter((each): each is ec2.CfnVPCEndpoint => each instanceof ec2.CfnVPCEndpoint);
}

/** A VPC has a private DNS name once, and a route table one route to a gateway endpoint for a service. */
function conflict(one: ec2.CfnVPCEndpoint, other: ec2.CfnVPCEndpoint): boolean {
  if (one.vpcId !== other.vpcId || endpointService(one) !== endpointService(other) || one.vpcEndpointType !== other.vpcEndpointType) return false;
  if (one.vpcEndpointType === 'Interface') return one.privateDnsEnabled === true && other.privateDnsEnabled === true;
  return (one.routeTableIds ?? []).some((id) => (other.routeTableIds ?? []).includes(id));
}

/** Returns the name of the service of an endpoint without its Region, which is often a token. */
export function endpointService(endpoint: ec2.CfnVPCEndpoint): string | undefined {
  const name: unknown = Stack.of(endpoint).resolve(endpoint.serviceName);
  const joined = (name as { readonly 'Fn::Join'?: [string, unknown[]] } | undefined)?.['Fn::Join']?.[1].at(-1);
  return [name, joined].find((each) => typeof each === 'string')?.replace(/^(com\.amazonaws\.[a-z0-9-]+)?\./, '');
}
