// the main module loads Amazon EC2 on first use, and few apps have a VPC
import { ArnFormat, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type NetworkOptions } from '../../network-options';

/** Where functions are placed. */
export interface FunctionNetwork extends Required<Pick<NetworkOptions, 'vpc' | 'securityGroups'>>, Pick<NetworkOptions, 'vpcSubnets'> {}

/** Creates the security group of the functions unless one is given, and returns their network. Undefined without a VPC. */
export function createFunctionNetwork(scope: Construct, { vpc, vpcSubnets, securityGroups }: NetworkOptions = {}): FunctionNetwork | undefined {
  if (!vpc) return undefined;
  return { vpc, vpcSubnets, securityGroups: securityGroups ?? [createSecurityGroup(new Construct(scope, 'Network'), vpc)] };
}

function createSecurityGroup(scope: Construct, vpc: ec2.IVpc): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, description: 'Functions of an image API', allowAllOutbound: false });
  // AWS services have public IP addresses also behind gateway endpoints, and the ids of their prefix lists are not known at synthesis
  group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTPS, 'AWS services');
  return group;
}

/** Returns the connections of the functions. Throws without a VPC. */
export function connectionsOf(network: FunctionNetwork | undefined, path: string): ec2.Connections {
  if (network) return new ec2.Connections({ securityGroups: network.securityGroups });
  throw new Error(`'connections' of '${path}' requires 'network' with a 'vpc', because only functions in a VPC have security groups`);
}

/** Returns the props of a function in the network. */
export function networkProps(network: FunctionNetwork | undefined): Pick<lambda.FunctionProps, 'vpc' | 'vpcSubnets' | 'securityGroups'> {
  return network ? { vpc: network.vpc, vpcSubnets: network.vpcSubnets, securityGroups: [...network.securityGroups] } : {};
}

const INTERFACE_ACTIONS = ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'];
const DESCRIBE_ACTIONS = ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'];

/**
 * Allows AWS Lambda to manage the network interfaces of a function with the role of the function, and denies the same to its code. A managed
 * policy of AWS would allow them in all Regions, and the function all log groups.
 */
export function networkStatements(scope: Construct, network: FunctionNetwork | undefined): iam.PolicyStatement[] {
  if (!network) return [];
  const stack = Stack.of(scope);
  const arn = (resource: string, account?: string) => stack.formatArn({ service: 'ec2', resource, resourceName: '*', account, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
  return [
    new iam.PolicyStatement({
      actions: INTERFACE_ACTIONS,
      // the ids of the interfaces are not known before Lambda creates them; subnets and security groups can belong to another account
      resources: [arn('network-interface'), arn('subnet', '*'), arn('security-group', '*')],
    }),
    // Amazon EC2 has no resource types for these actions
    new iam.PolicyStatement({ actions: DESCRIBE_ACTIONS, resources: ['*'] }),
    new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      actions: [...INTERFACE_ACTIONS, ...DESCRIBE_ACTIONS],
      resources: ['*'],
      // only calls of the code of a function have this key, not those of Lambda itself
      conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
    }),
  ];
}
