// the main module loads Amazon EC2 on first use, and few apps have a VPC
import { aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { validateEndpoints } from './endpoint-conflicts';
import { type FunctionNetwork } from './function-network';
import { type ServiceCall } from '../models/model-bindings';
import { areKnownToDiffer } from '../validation/environments';

/** AWS services by endpoint id, as functions: the CDK loads its list of services on first use. */
const SERVICES = {
  BedrockRuntime: () => ec2.InterfaceVpcEndpointAwsService.BEDROCK_RUNTIME,
  SageMakerRuntime: () => ec2.InterfaceVpcEndpointAwsService.SAGEMAKER_RUNTIME,
  Sqs: () => ec2.InterfaceVpcEndpointAwsService.SQS,
  EventBridge: () => ec2.InterfaceVpcEndpointAwsService.EVENTBRIDGE,
};
type InterfaceService = keyof typeof SERVICES;

export interface EndpointNeeds {
  readonly calls: readonly ServiceCall[];
  readonly hasQueue: boolean;
}

/** The VPC endpoints of the functions. Interface endpoints are created for used services only, because they are charged by the hour. */
export class VpcEndpoints extends Construct {
  private readonly securityGroup: ec2.SecurityGroup;

  constructor(scope: Construct, private readonly network: FunctionNetwork, { calls, hasQueue }: EndpointNeeds) {
    super(scope, 'Endpoints');
    const { vpc, vpcSubnets } = network;
    const subnets = [vpcSubnets ?? {}];
    new ec2.GatewayVpcEndpoint(this, 'S3', { vpc, service: ec2.GatewayVpcEndpointAwsService.S3, subnets });
    new ec2.GatewayVpcEndpoint(this, 'DynamoDb', { vpc, service: ec2.GatewayVpcEndpointAwsService.DYNAMODB, subnets });
    this.securityGroup = createSecurityGroup(this, network);
    // an endpoint connects to its own Region only
    const local = calls.filter(({ region }) => !areKnownToDiffer(region, Stack.of(this).region));
    for (const call of local) this.addInterface(serviceOf(call));
    if (hasQueue) this.addInterface('Sqs');
    validateEndpoints(this);
  }

  /** Adds an interface endpoint, unless it exists. */
  public addInterface(service: InterfaceService): void {
    if (this.node.tryFindChild(service)) return;
    const { vpc, vpcSubnets } = this.network;
    new ec2.InterfaceVpcEndpoint(this, service, {
      vpc,
      service: SERVICES[service](),
      subnets: { ...vpcSubnets, onePerAz: true },
      securityGroups: [this.securityGroup],
      privateDnsEnabled: true,
      open: false,
    });
  }
}

function createSecurityGroup(scope: Construct, { vpc, securityGroups }: FunctionNetwork): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, description: 'VPC endpoints of an image API', allowAllOutbound: false });
  // With private DNS names, all clients in the VPC use the endpoints. A security group for the functions only would block the others.
  const cidr = cidrOf(vpc);
  if (cidr !== undefined) group.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.HTTPS, 'Clients in the VPC');
  // the subnets of the functions can be in a secondary CIDR block
  group.connections.allowFrom(new ec2.Connections({ securityGroups: [...securityGroups] }), ec2.Port.HTTPS, 'Functions of an image API');
  return group;
}

/** The CIDR block of a VPC that was imported by its attributes can be unknown. CDK then throws. */
function cidrOf(vpc: ec2.IVpc): string | undefined {
  try {
    return vpc.vpcCidrBlock;
  } catch {
    return undefined;
  }
}

function serviceOf({ action }: ServiceCall): InterfaceService {
  return action.startsWith('sagemaker:') ? 'SageMakerRuntime' : 'BedrockRuntime';
}
