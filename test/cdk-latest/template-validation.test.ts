import * as fs from 'node:fs';
import * as path from 'node:path';
import { CfnResource, type Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ApiAuth, ApiRoutes, Delivery, GenAiImageApi, type GenAiImageApiProps, ImageEdits, ImagePlayground, TextModel } from '../../src';
import { HOME, testApp, testStack } from '../helpers/stack';

// The latest CDK validates every template at synthesis. The script that runs this test disables it for the other tests, because it takes seconds.
beforeAll(() => delete process.env.CDK_VALIDATION);
afterAll(() => (process.env.CDK_VALIDATION = 'false'));

function validationReports(build: (stack: Stack) => void): unknown {
  const app = testApp();
  build(testStack(HOME, app));
  const { directory } = app.synth();
  return (JSON.parse(fs.readFileSync(path.join(directory, 'validation-report.json'), 'utf8')) as { pluginReports: unknown }).pluginReports;
}

describe('the validation of the latest CDK', () => {
  it.each<[string, (stack: Stack) => GenAiImageApiProps]>([
    ['no props', () => ({})],
    ['a queue, edits and a text model', () => ({
      delivery: Delivery.queued(), edits: ImageEdits.all(), textModel: TextModel.inferenceProfile('us.amazon.nova-2-lite-v1:0', { region: 'us-east-1' }),
    })],
    ['OpenAI routes and bearer keys', () => ({ auth: ApiAuth.apiKey({ clients: ['web'], acceptBearer: true }), routes: [ApiRoutes.standard(), ApiRoutes.openAi()] })],
    ['a user pool', (stack) => ({ auth: ApiAuth.cognito(new cognito.UserPool(stack, 'Users')), corsOrigins: ['https://a.example'] })],
    ['tokens of an issuer', () => ({ auth: ApiAuth.jwt({ issuer: 'https://issuer.example', audience: ['images'] }), compute: { provisionedConcurrency: 1 } })],
  ])('finds nothing in a stack with %s', (_, props) => {
    expect(validationReports((stack) => new GenAiImageApi(stack, 'Images', props(stack)))).toEqual([]);
  });

  it('finds nothing in a stack with a VPC, its endpoints, a private API and a firewall', () => {
    expect(validationReports((stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 2 });
      const privateEndpoint = vpc.addInterfaceEndpoint('ExecuteApi', { service: ec2.InterfaceVpcEndpointAwsService.APIGATEWAY });
      const logGroup = new logs.LogGroup(stack, 'FirewallLogs', { logGroupName: 'aws-waf-logs-images' });
      new GenAiImageApi(stack, 'Images', { network: { vpc, createEndpoints: true, privateEndpoint } }).addFirewall({ logGroup });
    })).toEqual([]);
  });

  it('finds nothing in a stack with a playground, which has no warnings of the latest CDK either', () => {
    const stacks: Stack[] = [];
    expect(validationReports((stack) => {
      stacks.push(stack);
      new ImagePlayground(stack, 'Playground', { api: new GenAiImageApi(stack, 'Images', { auth: ApiAuth.apiKey({ clients: ['web'] }) }) });
    })).toEqual([]);
    expect(Annotations.fromStack(stacks[0]).findWarning('*', Match.anyValue())).toEqual([]);
  });

  it('finds a wrong property', () => {
    jest.spyOn(console, 'error').mockImplementation();
    expect(validationReports((stack) => new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties: { VisibilityTimeout: 'long' } }))).not.toEqual([]);
  });
});
