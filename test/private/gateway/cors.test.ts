import { type Stack } from 'aws-cdk-lib';
import { type Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ApiAuth, ApiRoutes } from '../../../src';
import { HOME, ofType, type Resource, synth, testStack } from '../../helpers/stack';

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
const otherMethods = (template: Template) => ofType(template, 'AWS::ApiGateway::Method').filter(({ Properties }) => Properties.HttpMethod !== 'OPTIONS');
const resourceIds = (methods: Resource[]) =>
  new Set(methods.map(({ Properties: { ResourceId } }) => JSON.stringify(ResourceId)));
const allowedOrigin = (parameters: unknown, prefix: string) => (parameters as Record<string, string>)[`${prefix}.header.Access-Control-Allow-Origin`];

describe.each(MODES)('CORS with %s', (_mode, auth) => {
  it('adds an OPTIONS method to each path, without authorization and API key', () => {
    const template = templateOf(auth, [A]);
    expect(resourceIds(preflights(template))).toEqual(resourceIds(otherMethods(template)));
    for (const { Properties } of preflights(template)) {
      expect(Properties).toMatchObject({ AuthorizationType: 'NONE' });
      expect(Properties).not.toHaveProperty('ApiKeyRequired', true);
    }
  });

  it('with one origin, returns it in preflight responses and in gateway responses', () => {
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

  it('with several origins, returns the matching one in preflight responses, and * in gateway responses', () => {
    const template = templateOf(auth, [A, B]);
    for (const { Properties } of preflights(template)) {
      const { IntegrationResponses } = Properties.Integration as { IntegrationResponses: { ResponseTemplates: Record<string, string> }[] };
      const [{ ResponseTemplates }] = IntegrationResponses;
      const [velocity] = Object.values(ResponseTemplates);
      expect(velocity).toContain(`#if($origin == "${B}")`);
      expect(velocity).toContain('$context.responseOverride.header.Access-Control-Allow-Origin = $origin');
    }
    for (const { Properties } of ofType(template, 'AWS::ApiGateway::GatewayResponse')) {
      expect(allowedOrigin(Properties.ResponseParameters, 'gatewayresponse')).toBe("'*'");
    }
  });

  it('does not allow cookies', () => {
    for (const origins of [[A], [A, B], ['*']]) expect(JSON.stringify(templateOf(auth, origins).toJSON())).not.toContain('Allow-Credentials');
  });

  it('adds no OPTIONS methods and no CORS headers without corsOrigins', () => {
    const template = templateOf(auth);
    expect(preflights(template)).toEqual([]);
    expect(JSON.stringify(template.toJSON())).not.toContain('Access-Control');
  });
});
