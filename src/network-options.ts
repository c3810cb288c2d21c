import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/**
 * Network of the functions, and of the API.
 *
 * Set `vpc` to connect the functions to a VPC, `privateEndpoint` to make the API private, or both.
 */
export interface NetworkOptions {
  /**
   * VPC of the functions, in the Region of the stack.
   *
   * The functions call Amazon S3, Amazon DynamoDB and Amazon Bedrock, with a queue Amazon SQS, and with event rules Amazon EventBridge. The
   * subnets need VPC endpoints for them, see `createEndpoints`, or a route to a NAT gateway. Only a NAT gateway reaches a model in another
   * Region.
   *
   * The authorizer of `ApiAuth.jwt()` is not connected, because it reads the keys of the issuer from the internet.
   *
   * @default - the functions are not connected to a VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets of the functions. They must not be public: functions in public subnets cannot reach the internet.
   *
   * @default - the private subnets of the VPC, or if there are none, the isolated subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the functions.
   *
   * @default - a security group is created, which allows outbound HTTPS and no inbound traffic
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether to create the VPC endpoints that the functions need.
   *
   * The gateway endpoints for Amazon S3 and Amazon DynamoDB are free. AWS charges for the interface endpoints by the hour and Availability
   * Zone, also when idle: for Amazon Bedrock, and if used, for Amazon SageMaker, Amazon SQS and Amazon EventBridge. They have private DNS
   * names, so that all clients in the VPC use them.
   *
   * A VPC can have one endpoint with private DNS names per service, and a route table one gateway endpoint per service. If the VPC has
   * some of the endpoints, create the missing ones yourself.
   *
   * @default false
   */
  readonly createEndpoints?: boolean;

  /**
   * Interface endpoint for `execute-api`. Makes the API private: a resource policy denies all requests that do not come through it.
   *
   * `url` is then the name of the API at this endpoint, which resolves to its private IP addresses with and without private DNS names.
   * Image URLs lead to Amazon S3: clients need a route to it, for example a gateway endpoint.
   *
   * @default - the API is public
   */
  readonly privateEndpoint?: ec2.IVpcEndpoint;
}
