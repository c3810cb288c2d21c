import { Stack, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { type IConstruct } from 'constructs';
import { warnModelRoute } from './annotations/model-annotations';
import { areKnownToDiffer } from './environments';
import { throwProblems } from './rules';
import { type NetworkOptions } from '../../network-options';
import { calledIn, type ModelBinding } from '../models/binding';

export function networkProblems(network: NetworkOptions | undefined, stackRegion: string): string[] {
  if (network === undefined) return [];
  const { vpc } = network;
  return [...endpointProblems(network, stackRegion), ...(vpc === undefined ? withoutVpc(network) : vpcProblems(vpc, network, stackRegion))];
}

function vpcProblems(vpc: ec2.IVpc, { vpcSubnets, securityGroups }: NetworkOptions, stackRegion: string): string[] {
  return [
    ...(areKnownToDiffer(vpc.env.region, stackRegion)
      ? [`'network.vpc' must be a VPC in the Region of the stack, ${stackRegion}, got one in ${vpc.env.region}`] : []),
    ...(securityGroups?.length === 0 ? ["'network.securityGroups' must contain at least one security group; omit it, and a security group is created"] : []),
    ...subnetProblems(vpc, vpcSubnets),
  ];
}

function subnetProblems(vpc: ec2.IVpc, selection: ec2.SubnetSelection | undefined): string[] {
  try {
    const { hasPublic, isPendingLookup, subnets } = vpc.selectSubnets(selection);
    if (subnets.length === 0 && !isPendingLookup) {
      return ["'network.vpcSubnets' must select at least one subnet, got none; select private subnets, or omit it for those of the VPC"];
    }
    return hasPublic
      ? ["'network.vpcSubnets' must be private or isolated subnets, got public subnets, where functions reach neither the internet nor AWS; select private subnets, "
        + 'or add some to the VPC'] : [];
  } catch (error) {
    return [`'network.vpcSubnets' must select subnets of 'network.vpc': ${(error as Error).message}`];
  }
}

/** Other endpoints do not connect to API Gateway. */
function endpointProblems({ privateEndpoint }: NetworkOptions, stackRegion: string): string[] {
  if (privateEndpoint === undefined) return [];
  const resource = privateEndpoint.node.defaultChild as { readonly serviceName?: string } | undefined;
  // the service name contains the Region, which is resolved with the stack
  const service: unknown = Stack.of(privateEndpoint).resolve(resource?.serviceName);
  return [
    ...(areKnownToDiffer(privateEndpoint.env.region, stackRegion)
      ? [`'network.privateEndpoint' must be an endpoint in the Region of the stack, ${stackRegion}, got one in ${privateEndpoint.env.region}`] : []),
    ...(typeof service !== 'string' || service.endsWith('execute-api')
      ? [] : [`'network.privateEndpoint' must be an interface endpoint for execute-api, got one for ${service}; write vpc.addInterfaceEndpoint() with `
        + 'InterfaceVpcEndpointAwsService.APIGATEWAY']),
  ];
}

function withoutVpc({ privateEndpoint, vpcSubnets, securityGroups, createEndpoints }: NetworkOptions): string[] {
  const unused = Object.entries({ vpcSubnets, securityGroups, createEndpoints })
    .filter(([, value]) => value !== undefined && value !== false).map(([name]) => name);
  return [
    ...unused.map((name) => `'network.${name}' applies to functions in a VPC, but 'network.vpc' is not set; set it, or remove '${name}'`),
    ...(privateEndpoint || unused.length > 0 ? [] : ["'network' must have a 'vpc' for the functions, a 'privateEndpoint' for the API, or both"]),
  ];
}

/** Throws or warns if functions in the VPC cannot reach a model. Interface endpoints connect to Amazon Bedrock in their own Region only. */
export function throwOrWarnUnreachableModels(scope: IConstruct, network: NetworkOptions | undefined, models: readonly ModelBinding[]): void {
  const { region: stackRegion } = Stack.of(scope);
  const remote = models.filter(({ access: { region } }) => region !== undefined && region !== stackRegion && !Token.isUnresolved(region));
  if (!network?.vpc || remote.length === 0) return;
  const isRegionUnknown = Token.isUnresolved(stackRegion);
  const described = remote.map((model) => calledIn(model, model.access.region!)).join('; ');
  if (isRegionUnknown || !isIsolated(network.vpc, network.vpcSubnets)) return warnModelRoute(scope, described, isRegionUnknown);
  throwProblems('GenAiImageApi', scope.node.path, [
    `'network.vpcSubnets' are isolated subnets in ${stackRegion}, where functions reach models through an interface endpoint of that Region only, `
    + `but ${described}; deploy the stack to that Region, set a model of this Region, or select subnets with a route to a NAT gateway`,
  ]);
}

/** Whether all subnets are isolated. False for a VPC that CDK has not looked up yet. */
function isIsolated(vpc: ec2.IVpc, selection: ec2.SubnetSelection | undefined): boolean {
  const { isPendingLookup, subnets } = vpc.selectSubnets(selection);
  return !isPendingLookup && subnets.length > 0 && subnets.every((subnet) => vpc.isolatedSubnets.includes(subnet));
}
