import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ApiAuth, ApiRoutes } from '../../../src';
import { HOME, ofType, synth, testStack } from '../../helpers/stack';

const A = 'https://a.example';
const B = 'https://b.example';

const MODES: readonly [string, (stack: Stack) => ApiAuth][] = [
  ['iam', () => ApiAuth.iam()],
  ['apiKey', () => ApiAuth.apiKey({ clients: ['web'] })],
  ['apiKey with acceptBearer', () => ApiAuth.apiKey({ clients: ['web'], acceptBearer: true })],
  ['cognito', (stack) => ApiAuth.cognito(new cognito.UserPool(stack, 'Pool'))],
  ['jwt', () => ApiAuth.jwt({ issuer: 'https://issuer.example/', audience: ['images'] })],
  ['custom', (stack) => ApiAuth.custom(lambda.Function.fromFunctionArn(stack, 'Fn', 'arn:aws:lambda:us-west-2:111122223333:function:mine'))],
  ['none', () => ApiAuth.none()],
];

function templateOf(auth: (stack: Stack) => ApiAuth, corsOrigins?: string[]): Template {
  const stack = testStack(HOME);
  return synth({ auth: auth(stack), routes: [ApiRoutes.standard(), ApiRoutes.openAi()], corsOrigins }, stack);
}

const preflights = (template: Template) => ofType(template, 'AWS::ApiGateway::Method').filter(({ Properties }) => Properties.HttpMethod === 'OPTIONS');
const others = (template: Template) => ofType(template, 'AWS::ApiGateway::Method').filter(({ Properties }) => Properties.HttpMethod !== 'OPTIONS');
const resourcesOf = (methods: { Properties: Readonly<Record<string, unknown>> }[]) =>
  new Set(methods.map(({ Properties: { ResourceId } }) => JSON.stringify(ResourceId)));
const allowedOrigin = (parameters: unknown, prefix: string) => (parameters as Record<string, string>)[`${prefix}.header.Access-Control-Allow-Origin`];

describe.each(MODES)('CORS of %s', (_, auth) => {
  it('has a preflight for each path, which asks for no credentials and no key', () => {
    const template = templateOf(auth, [A]);
    expect(resourcesOf(preflights(template))).toEqual(resourcesOf(others(template)));
    for (const { Properties } of preflights(template)) expect([Properties.AuthorizationType, Properties.ApiKeyRequired ?? false]).toEqual(['NONE', false]);
  });

  it('allows an only origin, and no other, in preflights and in errors of the gateway', () => {
    const template = templateOf(auth, [A]);
    for (const { Properties } of preflights(template)) {
      const [{ ResponseParameters }] = (Properties.Integration as { IntegrationResponses: { ResponseParameters: unknown }[] }).IntegrationResponses;
      expect(allowedOrigin(ResponseParameters, 'method.response')).toBe(`'${A}'`);
      expect(JSON.stringify(Properties.Integration)).not.toContain('responseOverride');
    }
    for (const { Properties } of ofType(template, 'AWS::ApiGateway::GatewayResponse')) {
      expect(allowedOrigin(Properties.ResponseParameters, 'gatewayresponse')).toBe(`'${A}'`);
    }
  });

  it('chooses among several in preflights, and lets errors of the gateway be read by all', () => {
    const template = templateOf(auth, [A, B]);
    for (const { Properties } of preflights(template)) {
      const { IntegrationResponses } = Properties.Integration as { IntegrationResponses: { ResponseTemplates: Record<string, string> }[] };
      const [{ ResponseTemplates }] = IntegrationResponses;
      // Velocity: the asking origin, if it is one of them
      const [velocity] = Object.values(ResponseTemplates);
      expect(velocity).toContain(`#if($origin == "${B}")`);
      expect(velocity).toContain('$context.responseOverride.header.Access-Control-Allow-Origin = $origin');
    }
    for (const { Properties } of ofType(template, 'AWS::ApiGateway::GatewayResponse')) {
      expect(allowedOrigin(Properties.ResponseParameters, 'gatewayresponse')).toBe("'*'");
    }
  });

  it('never allows cookies', () => {
    for (const origins of [[A], [A, B], ['*']]) expect(JSON.stringify(templateOf(auth, origins).toJSON())).not.toContain('Allow-Credentials');
  });

  it('is not there without origins', () => {
    const template = templateOf(auth);
    expect(preflights(template)).toEqual([]);
    expect(JSON.stringify(template.toJSON())).not.toContain('Access-Control');
  });
});
