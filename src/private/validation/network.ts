import { Stack, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { type IConstruct } from 'constructs';
import { warnModelRoute } from './annotations/model-annotations';
import { noteIsolatedSubnets } from './annotations/prop-annotations';
import { areKnownToDiffer } from './environments';
import { nameDifferent } from './references';
import { throwProblems } from './rules';
import { type NetworkOptions } from '../../network-options';
import { describeCallRegion, type ModelBinding } from '../models/binding';
import { endpointService } from '../network/endpoint-conflicts';

export function networkProblems(network: NetworkOptions | undefined, stackRegion: string): string[] {
  if (network === undefined) return [];
  const { vpc, vpcSubnets, privateEndpoint, securityGroups } = network;
  const ofEndpoint = endpointProblems(privateEndpoint, stackRegion);
  if (vpc === undefined) return [...withoutVpc(network), ...ofEndpoint];
  return [
    ...ofEndpoint,
    ...(areKnownToDiffer(vpc.env.region, stackRegion)
      ? [`'network.vpc' must be a VPC in the Region of the stack, ${stackRegion}, got one in ${vpc.env.region}`] : []),
    ...(securityGroups?.length === 0 ? ["'network.securityGroups' must contain at least one security group; omit it, and a security group is created"] : []),
    ...(securityGroups ?? []).flatMap((group) => groupProblems(group, vpc, stackRegion)),
    ...subnetProblems(vpc, vpcSubnets),
  ];
}

function groupProblems(group: ec2.ISecurityGroup, vpc: ec2.IVpc, stackRegion: string): string[] {
  if (areKnownToDiffer(group.env.region, stackRegion)) {
    return [`'network.securityGroups' must be in the Region of the stack, ${stackRegion}, got '${group.node.path}' in ${group.env.region}; use a security group of 'network.vpc'`];
  }
  const { vpcId } = (group.node.defaultChild ?? {}) as Partial<ec2.CfnSecurityGroup>;
  if (!nameDifferent(vpcId, vpc.vpcId, 'AWS::EC2::VPC')) return [];
  return [`'network.securityGroups' must be security groups of 'network.vpc', got '${group.node.path}' of another VPC; create it with { vpc } of that VPC`];
}

function subnetProblems(vpc: ec2.IVpc, selection: ec2.SubnetSelection | undefined): string[] {
  try {
    const { hasPublic, isPendingLookup, subnets } = vpc.selectSubnets(selection);
    if (subnets.length === 0 && !isPendingLookup) {
      return ["'network.vpcSubnets' must select at least one subnet of the VPC, got none; omit it, and functions are placed in the private subnets"];
    }
    return hasPublic
      ? ["'network.vpcSubnets' must be private or isolated subnets, got public subnets, where functions reach neither the internet nor AWS; select private subnets, "
        + 'or add some to the VPC'] : [];
  } catch (error) {
    return [`'network.vpcSubnets' must select subnets of the VPC: ${(error as Error).message}`];
  }
}

function endpointProblems(endpoint: ec2.IVpcEndpoint | undefined, stackRegion: string): string[] {
  if (endpoint === undefined) return [];
  const resource = endpoint.node.defaultChild as ec2.CfnVPCEndpoint | undefined;
  const service = resource && endpointService(resource);
  return [
    ...(areKnownToDiffer(endpoint.env.region, stackRegion)
      ? [`'network.privateEndpoint' must be an endpoint in the Region of the stack, ${stackRegion}, got one in ${endpoint.env.region}`] : []),
    ...(service !== undefined && service !== 'execute-api'
      ? [`'network.privateEndpoint' must be an interface endpoint for execute-api, got one for '${service}'; `
        + 'create one with ec2.InterfaceVpcEndpointAwsService.APIGATEWAY'] : []),
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

/** Adds a note if functions reach AWS services through endpoints only, which the user must have created. */
export function noteNeededEndpoints(scope: IConstruct, { vpc, vpcSubnets, createEndpoints }: NetworkOptions = {}): void {
  if (vpc && !createEndpoints && isIsolated(vpc, vpcSubnets)) noteIsolatedSubnets(scope);
}

/** Throws or warns if functions in the VPC cannot reach a model. Interface endpoints connect to Amazon Bedrock in their own Region only. */
export function throwOrWarnUnreachableModels(scope: IConstruct, network: NetworkOptions | undefined, models: readonly ModelBinding[]): void {
  const { region: stackRegion } = Stack.of(scope);
  const remote = models.filter(({ access: { region } }) => region !== undefined && region !== stackRegion && !Token.isUnresolved(region));
  if (!network?.vpc || remote.length === 0) return;
  const isRegionUnknown = Token.isUnresolved(stackRegion);
  const described = remote.map((model) => describeCallRegion(model, model.access.region!)).join('; ');
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
