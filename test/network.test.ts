import { type App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  ApiAuth, ApiRoutes, ContentGuardrail, Delivery, type GenAiImageApiProps, ImageEdits, ImageModel, type NetworkOptions, TextModel,
} from '../src';
import { asList, HOME, imageApi, ofType, only, resources, type Statement, synth, testApp, testStack, textOf } from './helpers/stack';

const API_GATEWAY = ec2.InterfaceVpcEndpointAwsService.APIGATEWAY;
const EU = { account: HOME.account, region: 'eu-west-1' };

type Subnets = 'isolated' | 'egress';

function createVpc(stack: Stack, subnets: Subnets = 'isolated'): ec2.Vpc {
  return new ec2.Vpc(stack, 'Vpc', {
    maxAzs: 2,
    natGateways: subnets === 'egress' ? 1 : 0,
    subnetConfiguration: [
      { name: 'Private', subnetType: subnets === 'egress' ? ec2.SubnetType.PRIVATE_WITH_EGRESS : ec2.SubnetType.PRIVATE_ISOLATED },
      { name: 'Public', subnetType: ec2.SubnetType.PUBLIC },
    ],
  });
}

function inVpc(props: GenAiImageApiProps = {}, network: Partial<NetworkOptions> = {}, stack = testStack(HOME)): Template {
  return synth({ ...props, network: { vpc: createVpc(stack), ...network } }, stack);
}

const functions = (template: Template) => ofType(template, 'AWS::Lambda::Function')
  .map(({ Properties }) => ({ name: String(Properties.Description), vpcConfig: Properties.VpcConfig }));

const services = (template: Template) => ofType(template, 'AWS::EC2::VPCEndpoint').map(({ Properties }) => textOf(Properties.ServiceName)
  .replace('<AWS::Region>', HOME.region)).sort();

const statementsWith = (template: Template, action: string) => ofType(template, 'AWS::IAM::Policy').map(({ Properties }) =>
  (Properties.PolicyDocument as { Statement: Statement[] }).Statement.filter(({ Action }) => asList(Action).includes(action)));

describe('network.vpc', () => {
  it('connects the API function and the worker to the private subnets', () => {
    const template = inVpc({ delivery: Delivery.queued() });
    const group = { 'Fn::GetAtt': [expect.stringMatching(/^ImagesNetworkSecurityGroup/), 'GroupId'] };
    const subnet = { Ref: expect.stringMatching(/^VpcPrivateSubnet/) };
    const [one, two] = functions(template);
    expect([one.vpcConfig, two.vpcConfig]).toEqual([
      { SubnetIds: [subnet, subnet], SecurityGroupIds: [group] }, { SubnetIds: [subnet, subnet], SecurityGroupIds: [group] },
    ]);
  });

  it('creates a security group with outbound HTTPS and no inbound traffic', () => {
    const { SecurityGroupEgress, SecurityGroupIngress } = only<Record<string, unknown>>(inVpc(), 'AWS::EC2::SecurityGroup');
    expect(SecurityGroupEgress).toEqual([{ CidrIp: '0.0.0.0/0', Description: 'AWS services', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }]);
    expect(SecurityGroupIngress).toBeUndefined();
  });

  it('creates no endpoint, and nothing else that is charged by the hour', () => {
    const stack = testStack(HOME);
    const vpc = createVpc(stack);
    const before = Object.keys(resources(Template.fromStack(stack)));
    const other = testStack(HOME);
    const all = Object.entries(resources(inVpc({}, { }, other)));
    const added = all.filter(([id]) => !before.includes(id)).map(([, { Type }]) => Type).filter((type) => type.startsWith('AWS::EC2'));
    expect(vpc.isolatedSubnets).toHaveLength(2);
    expect(added).toEqual(['AWS::EC2::SecurityGroup']);
  });

  it('connects the authorizer of API keys, but not the one of JWTs, which reads keys from the internet', () => {
    const keys = inVpc({ auth: ApiAuth.apiKey({ clients: ['web'], acceptBearer: true }), routes: [ApiRoutes.openAi()] });
    expect(functions(keys).map(({ vpcConfig }) => vpcConfig !== undefined)).toEqual([true, true]);
    const jwt = functions(inVpc({ auth: ApiAuth.jwt({ issuer: 'https://issuer.example', audience: ['images'] }) }));
    expect(jwt.map(({ name, vpcConfig }) => [name, vpcConfig !== undefined]).sort()).toEqual([
      ['Handles the requests of an image API', true], ['Validates the tokens of requests to an image API', false],
    ]);
  });

  it('uses given subnets and security groups', () => {
    const stack = testStack(HOME);
    const vpc = createVpc(stack, 'egress');
    const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
    const template = synth({ network: { vpc, vpcSubnets: { subnets: [vpc.privateSubnets[1]] }, securityGroups: [group] } }, stack);
    template.resourceCountIs('AWS::EC2::SecurityGroup', 0);
    expect(functions(template)[0].vpcConfig).toEqual({ SubnetIds: [{ Ref: expect.stringMatching(/^VpcPrivateSubnet2/) }], SecurityGroupIds: ['sg-1'] });
  });
});

describe('the role of a function in a VPC', () => {
  const template = inVpc({ delivery: Delivery.queued() });

  it('has no managed policy', () => {
    template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });

  it('lets AWS Lambda manage network interfaces, with wildcards only where ids are not known', () => {
    const prefix = 'arn:<AWS::Partition>:ec2:us-west-2:';
    const ofPolicies = statementsWith(template, 'ec2:CreateNetworkInterface');
    expect(ofPolicies).toHaveLength(2);
    for (const [allowed] of ofPolicies) {
      expect(allowed.Action).toEqual(['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses']);
      expect(asList(allowed.Resource).map(textOf)).toEqual([`${prefix}111122223333:network-interface/*`, `${prefix}*:subnet/*`, `${prefix}*:security-group/*`]);
    }
  });

  it('denies the same to the code of the function', () => {
    for (const statements of statementsWith(template, 'ec2:DescribeSubnets')) {
      expect(statements).toMatchObject([
        { Effect: 'Allow', Action: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'], Resource: '*' },
        { Effect: 'Deny', Resource: '*', Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } } },
      ]);
      expect(statements[1].Action).toHaveLength(6);
    }
  });

  it('gets the permissions once if the user brings the role of both functions', () => {
    const stack = testStack(HOME);
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    expect(statementsWith(inVpc({ delivery: Delivery.queued(), compute: { role } }, {}, stack), 'ec2:CreateNetworkInterface').map(({ length }) => length)).toEqual([2]);
  });

  it('has no permission for network interfaces without a VPC', () => {
    expect(JSON.stringify(synth({ delivery: Delivery.queued() }).toJSON())).not.toContain('ec2:');
  });
});

describe('connections', () => {
  it('control the security group of the functions', () => {
    const stack = testStack(HOME);
    const images = imageApi({ network: { vpc: createVpc(stack) } }, stack);
    images.connections.allowTo(ec2.Peer.ipv4('10.9.0.0/16'), ec2.Port.tcp(8443), 'proxy');
    const { SecurityGroupEgress } = only<{ SecurityGroupEgress: unknown[] }>(Template.fromStack(stack), 'AWS::EC2::SecurityGroup');
    expect(SecurityGroupEgress).toContainEqual({ CidrIp: '10.9.0.0/16', Description: 'proxy', IpProtocol: 'tcp', FromPort: 8443, ToPort: 8443 });
  });

  it('fail without a VPC', () => {
    expect(() => imageApi().connections).toThrow("'connections' of 'Stack/Images' requires 'network' with a 'vpc'");
  });
});

describe('network.createEndpoints', () => {
  it('creates gateway endpoints for S3 and DynamoDB, and an interface endpoint for Amazon Bedrock', () => {
    const template = inVpc({}, { createEndpoints: true });
    expect(services(template)).toEqual(['com.amazonaws.us-west-2.bedrock-runtime', 'com.amazonaws.us-west-2.dynamodb', 'com.amazonaws.us-west-2.s3']);
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', PrivateDnsEnabled: true, SubnetIds: [Match.anyValue(), Match.anyValue()] });
    template.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway', RouteTableIds: [Match.anyValue(), Match.anyValue()] }, 2);
  });

  it('allows HTTPS from the VPC, and from the functions', () => {
    const template = inVpc({}, { createEndpoints: true });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'VPC endpoints of an image API',
      SecurityGroupIngress: [Match.objectLike({ CidrIp: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Vpc'), 'CidrBlock'] }, FromPort: 443, ToPort: 443 })],
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 443, ToPort: 443, SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ImagesNetworkSecurityGroup'), 'GroupId'] },
    });
  });

  it.each<[string, GenAiImageApiProps, string[]]>([
    ['Amazon SQS with a queue', { delivery: Delivery.queued() }, ['bedrock-runtime', 'sqs']],
    ['Amazon SageMaker with an endpoint as the model', { model: ImageModel.sageMakerEndpoint('painter') }, ['sagemaker.runtime']],
    ['Amazon Bedrock with a guardrail for an endpoint as the model', {
      model: ImageModel.sageMakerEndpoint('painter'), promptPolicy: { guardrail: ContentGuardrail.existing('abc123', { version: '1' }) },
    }, ['bedrock-runtime', 'sagemaker.runtime']],
    ['one service for models, edits, texts and a guardrail', {
      additionalModels: [ImageModel.STABLE_IMAGE_ULTRA],
      edits: ImageEdits.all(),
      promptPolicy: { guardrail: ContentGuardrail.existing('abc123', { version: '1' }) },
      textModel: TextModel.inferenceProfile('us.amazon.nova-2-lite-v1:0', { region: 'us-west-2' }),
    }, ['bedrock-runtime']],
  ])('creates an interface endpoint for %s', (_case, props, expected) => {
    expect(services(inVpc(props, { createEndpoints: true })).filter((name) => !/(s3|dynamodb)$/.test(name)))
      .toEqual(expected.map((name) => `com.amazonaws.us-west-2.${name}`));
  });

  it('creates an endpoint for Amazon EventBridge with the first event rule, also after the constructor', () => {
    const stack = testStack(HOME);
    const images = imageApi({ network: { vpc: createVpc(stack), createEndpoints: true } }, stack);
    expect(services(Template.fromStack(stack))).not.toContain('com.amazonaws.us-west-2.events');
    const later = testStack(HOME);
    const withRules = imageApi({ network: { vpc: createVpc(later), createEndpoints: true } }, later);
    const target = { bind: () => ({ arn: 'arn:aws:sqs:us-west-2:111122223333:q' }) };
    withRules.onImageFailed('Failed', { target });
    withRules.onImageDeleted('Deleted', { target });
    expect(services(Template.fromStack(later)).filter((name) => name.endsWith('.events'))).toHaveLength(1);
    expect(images.node.path).toBe('Stack/Images');
  });

  it.each<[string, (vpc: ec2.Vpc, stack: Stack) => void, string]>([
    ['a second API creates the same', (vpc, stack) => imageApi({ network: { vpc, createEndpoints: true } }, new Stack(stack, 'Inner', { env: HOME })), "s3 ('Stack/Inner/Images/Endpoints/S3/Resource')"],
    ['the VPC has a gateway endpoint', (vpc) => vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 }), "s3 ('Stack/Vpc/S3/Resource')"],
    ['the VPC has an interface endpoint', (vpc) => vpc.addInterfaceEndpoint('E', { service: ec2.InterfaceVpcEndpointAwsService.BEDROCK_RUNTIME }), "bedrock-runtime ('Stack/Vpc/E/Resource')"],
  ])('fails at synthesis if %s', (_case, add, existing) => {
    const stack = testStack(HOME);
    const vpc = createVpc(stack);
    imageApi({ network: { vpc, createEndpoints: true } }, stack);
    add(vpc, stack);
    expect(() => (stack.node.root as App).synth()).toThrow(`'network.createEndpoints' must not create endpoints that the VPC already has: ${existing}`);
  });

  it('allows endpoints for other services, other VPCs, and without private DNS names', () => {
    const stack = testStack(HOME);
    const vpc = createVpc(stack);
    imageApi({ network: { vpc, createEndpoints: true } }, stack);
    vpc.addInterfaceEndpoint('Other', { service: API_GATEWAY });
    vpc.addInterfaceEndpoint('WithoutDns', { service: ec2.InterfaceVpcEndpointAwsService.BEDROCK_RUNTIME, privateDnsEnabled: false });
    new ec2.Vpc(stack, 'OtherVpc', { gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } } });
    expect(() => (stack.node.root as App).synth()).not.toThrow();
  });

  it('works in a VPC that is imported without its CIDR block', () => {
    const stack = testStack(HOME);
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Imported', {
      vpcId: 'vpc-1', availabilityZones: ['us-west-2a'], isolatedSubnetIds: ['subnet-1'], isolatedSubnetRouteTableIds: ['rtb-1'],
    });
    const template = synth({ network: { vpc, createEndpoints: true } }, stack);
    expect(services(template)).toHaveLength(3);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', { GroupDescription: 'VPC endpoints of an image API', SecurityGroupIngress: Match.absent() });
  });
});

describe('a model in another Region', () => {
  it('fails in isolated subnets, which have no route to it', () => {
    const stack = testStack(EU);
    expect(() => imageApi({ network: { vpc: createVpc(stack) } }, stack)).toThrow(
      "'network.vpcSubnets' are isolated subnets in eu-west-1, where functions reach models through an interface endpoint of that Region only, "
      + "but the model 'stability.stable-image-core-v1:1' is called in us-west-2; deploy the stack to that Region, set a model of this Region, or select subnets with a route to a NAT gateway");
  });

  it('adds a warning in subnets with a route to the internet, and no endpoint', () => {
    const stack = testStack(EU);
    const template = synth({ network: { vpc: createVpc(stack, 'egress'), createEndpoints: true } }, stack);
    Annotations.fromStack(stack).hasWarning('/Stack/Images', Match.stringLikeRegexp('is called in us-west-2: the subnets .* need a route to a NAT gateway.*cdk-genai-image-api:modelRoute'));
    expect(services(template).map((name) => name.split('.').pop())).toEqual(['dynamodb', 's3']);
  });

  it('adds a note if the Region of the stack is not known', () => {
    const stack = testStack();
    imageApi({ network: { vpc: createVpc(stack) } }, stack);
    Annotations.fromStack(stack).hasInfo('/Stack/Images', Match.stringLikeRegexp('is called in us-west-2: deploy the stack to that Region.*cdk-genai-image-api:modelRoute'));
  });

  it('adds no annotation if it is called in the Region of the stack, or without a VPC', () => {
    const stack = testStack(HOME);
    imageApi({ network: { vpc: createVpc(stack) } }, stack);
    const other = testStack(EU);
    imageApi({}, other);
    for (const each of [stack, other]) expect(Annotations.fromStack(each).findWarning('*', Match.stringLikeRegexp('modelRoute'))).toEqual([]);
  });
});

describe('network.privateEndpoint', () => {
  const privateApi = (props: GenAiImageApiProps = {}, endpointId = 'vpce-1') => {
    const stack = testStack(HOME);
    const privateEndpoint = ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', { vpcEndpointId: endpointId, port: 443 });
    const images = imageApi({ ...props, network: { privateEndpoint } }, stack);
    return { url: stack.resolve(images.url) as unknown, template: Template.fromStack(stack) };
  };
  const policyOf = (template: Template) => (only<{ Policy: { Statement: Statement[] } }>(template, 'AWS::ApiGateway::RestApi')).Policy.Statement
    .map(({ Effect, Principal, Resource, Condition }) => ({ Effect, Principal, Resource, Condition }));
  const DENY_OTHERS = { Effect: 'Deny', Principal: { AWS: '*' }, Resource: 'execute-api:/*', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } };
  const THROUGH_ENDPOINT = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } };

  it('makes the API private, and does not place the functions', () => {
    const { template } = privateApi();
    template.hasResourceProperties('AWS::ApiGateway::RestApi', { EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: ['vpce-1'] } });
    expect(functions(template)[0].vpcConfig).toBeUndefined();
  });

  it('allows requests with API keys through the endpoint only', () => {
    expect(policyOf(privateApi({ auth: ApiAuth.apiKey({ clients: ['web'] }) }).template)).toEqual([
      DENY_OTHERS, { Effect: 'Allow', Principal: { AWS: '*' }, Resource: 'execute-api:/*', Condition: THROUGH_ENDPOINT },
    ]);
  });

  it('does not replace the permission of grantInvoke() for signed requests', () => {
    const [deny, signed, preflight] = policyOf(privateApi({ auth: ApiAuth.iam(), corsOrigins: ['https://a.example'] }).template);
    expect(deny).toEqual(DENY_OTHERS);
    expect(textOf((signed.Principal as { AWS: unknown }).AWS)).toBe('arn:<AWS::Partition>:iam::111122223333:root');
    expect(signed).toMatchObject({ Effect: 'Allow', Resource: 'execute-api:/*', Condition: THROUGH_ENDPOINT });
    expect(preflight).toEqual({ Effect: 'Allow', Principal: { AWS: '*' }, Resource: 'execute-api:/prod/OPTIONS/*', Condition: THROUGH_ENDPOINT });
  });

  it('has a URL that works with and without private DNS names', () => {
    expect(textOf(privateApi().url)).toMatch(/^https:\/\/<ImagesApi\w+>-vpce-1\.execute-api\.us-west-2\.<AWS::URLSuffix>\/<ImagesApiDeploymentStageprod\w+>\/$/);
  });

  it('deploys the stage again when the endpoint changes', () => {
    const deployment = (endpointId: string) => Object.entries(resources(privateApi({}, endpointId).template)).find(([, { Type }]) => Type === 'AWS::ApiGateway::Deployment')![0];
    expect(deployment('vpce-1')).not.toBe(deployment('vpce-2'));
  });

  it('has no resource policy and a regional endpoint by default', () => {
    const { EndpointConfiguration, Policy } = only<Record<string, unknown>>(synth(), 'AWS::ApiGateway::RestApi');
    expect([EndpointConfiguration, Policy]).toEqual([{ Types: ['REGIONAL'] }, undefined]);
  });
});

describe('isolated subnets', () => {
  const notes = (network: Partial<NetworkOptions>, subnets?: Subnets) => {
    const stack = testStack(HOME);
    imageApi({ network: { vpc: createVpc(stack, subnets), ...network } }, stack);
    return Annotations.fromStack(stack).findInfo('*', Match.stringLikeRegexp("set 'createEndpoints' to true.*cdk-genai-image-api:isolatedSubnets"));
  };

  it('add a note that functions need endpoints', () => {
    expect(notes({})).toHaveLength(1);
  });

  it('add no note with endpoints, and other subnets add none', () => {
    expect([...notes({ createEndpoints: true }), ...notes({}, 'egress')]).toEqual([]);
  });
});

describe('network', () => {
  it.each<[string, (stack: Stack) => NetworkOptions, string]>([
    ['nothing', () => ({}), "'network' must have a 'vpc' for the functions, a 'privateEndpoint' for the API, or both"],
    ['security groups without a VPC', () => ({ securityGroups: [] }), "'network.securityGroups' applies to functions in a VPC, but 'network.vpc' is not set; set it, or remove 'securityGroups'"],
    ['endpoints without a VPC', () => ({ createEndpoints: true }), "'network.createEndpoints' applies to functions in a VPC"],
    ['no security group', (stack) => ({ vpc: createVpc(stack), securityGroups: [] }), "'network.securityGroups' must contain at least one security group"],
    ['a security group of another Region', (stack) => ({ vpc: createVpc(stack), securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(new Stack(stack.node.root as never, 'Other', { env: EU }), 'G', 'sg-1')] }),
      "'network.securityGroups' must be in the Region of the stack, us-west-2, got 'Other/G' in eu-west-1"],
    ['a security group of another VPC', (stack) => ({ vpc: createVpc(stack), securityGroups: [new ec2.SecurityGroup(stack, 'G', { vpc: new ec2.Vpc(stack, 'W') })] }),
      "'network.securityGroups' must be security groups of 'network.vpc', got 'Stack/G' of another VPC"],
    ['public subnets', (stack) => ({ vpc: createVpc(stack), vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }), "'network.vpcSubnets' must be private or isolated subnets, got public subnets"],
    ['a VPC of another Region', (stack) => ({ vpc: createVpc(new Stack(stack.node.root as never, 'Other', { env: EU })) }), "'network.vpc' must be a VPC in the Region of the stack, us-west-2, got one in eu-west-1"],
    ['a private endpoint of another Region', (stack) => ({ privateEndpoint: createVpc(new Stack(stack.node.root as never, 'Other', { env: EU })).addInterfaceEndpoint('E', { service: API_GATEWAY }) }),
      "'network.privateEndpoint' must be an endpoint in the Region of the stack, us-west-2, got one in eu-west-1"],
    ['a private endpoint for another service', (stack) => ({ privateEndpoint: createVpc(stack).addInterfaceEndpoint('E', { service: ec2.InterfaceVpcEndpointAwsService.SQS }) }),
      "'network.privateEndpoint' must be an interface endpoint for execute-api, got one for 'sqs'; create one with"],
    ['a gateway endpoint as private endpoint', (stack) => ({ privateEndpoint: createVpc(stack).addGatewayEndpoint('E', { service: ec2.GatewayVpcEndpointAwsService.S3 }) }),
      "'network.privateEndpoint' must be an interface endpoint for execute-api, got one for 's3'"],
    ['no subnets', (stack) => ({ vpc: createVpc(stack), vpcSubnets: { subnets: [] } }), "'network.vpcSubnets' must select at least one subnet of the VPC, got none; omit it"],
    ['a group of subnets that the VPC does not have', (stack) => ({ vpc: createVpc(stack), vpcSubnets: { subnetGroupName: 'Database' } }), "'network.vpcSubnets' must select subnets of the VPC: There are no subnet groups with name 'Database'"],
    ['a type of subnets that the VPC does not have', (stack) => ({ vpc: createVpc(stack), vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } }), "'network.vpcSubnets' must select subnets of the VPC: There are no 'Private' subnet groups"],
    ['an imported VPC without subnets', (stack) => ({ vpc: ec2.Vpc.fromVpcAttributes(stack, 'Imported', { vpcId: 'vpc-1', availabilityZones: ['us-west-2a'] }) }), "'network.vpcSubnets' must select subnets of the VPC: There are no"],
    ['null as subnets', (stack) => ({ vpc: createVpc(stack), vpcSubnets: { subnets: null as never } }), "'network.vpcSubnets.subnets' must be a list of subnets, got null"],
    ['undefined in subnets', (stack) => ({ vpc: createVpc(stack), vpcSubnets: { subnets: [undefined as never] } }), "'network.vpcSubnets.subnets[0]' is undefined"],
    ['a wrong text as subnet type', (stack) => ({ vpc: createVpc(stack), vpcSubnets: { subnetType: 'private' as never } }), "'network.vpcSubnets.subnetType' must be a member of ec2.SubnetType, got 'private'"],
    ['a number as availability zones', (stack) => ({ vpc: createVpc(stack), vpcSubnets: { availabilityZones: 5 as never } }), "'network.vpcSubnets.availabilityZones' must be a list of strings, got 5"],
    ['a text as subnet filters', (stack) => ({ vpc: createVpc(stack), vpcSubnets: { subnetFilters: 'x' as never } }), "'network.vpcSubnets.subnetFilters' must be a list of subnet filters, got 'x'"],
    ['a VPC that is a string', () => ({ vpc: 'vpc-1' as never }), "'network.vpc' must be a VPC, got 'vpc-1'"],
  ])('fails with %s', (_case, network, problem) => {
    const stack = testStack(HOME, testApp());
    expect(() => imageApi({ network: network(stack), presignTtl: Duration.hours(1) }, stack)).toThrow(problem);
  });
});
