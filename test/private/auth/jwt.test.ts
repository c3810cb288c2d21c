import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ApiAuth, type JwtAuthOptions } from '../../../src';
import { AUTHORIZER_VARIABLE } from '../../../src/private/contract/authorizer';
import { AUTHORIZER_CONFIGURATION_SCHEMA, parseConfiguration } from '../../helpers/configuration-schemas';
import { builtMethods, handlerConfiguration, HOME, imageApi, ofType, resources, type Statement, synth, testStack } from '../../helpers/stack';

const OPTIONS: JwtAuthOptions = { issuer: 'https://issuer.example/', audience: ['images'] };

/** Returns the configuration of the authorizer function. */
function configuration(options: JwtAuthOptions): unknown {
  const environments = ofType(synth({ auth: ApiAuth.jwt(options) }), 'AWS::Lambda::Function')
    .map(({ Properties }) => (Properties.Environment as { Variables: Record<string, string> }).Variables);
  const { [AUTHORIZER_VARIABLE]: json } = environments.find((variables) => AUTHORIZER_VARIABLE in variables)!;
  return parseConfiguration(json, AUTHORIZER_CONFIGURATION_SCHEMA);
}

describe('ApiAuth.jwt()', () => {
  const template = synth({ auth: ApiAuth.jwt(OPTIONS) });

  it('makes a function validate each request, without a cache', () => {
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      Type: 'REQUEST', IdentitySource: 'method.request.header.Authorization', AuthorizerResultTtlInSeconds: 0,
    });
    for (const { properties } of builtMethods(template)) expect(properties.AuthorizationType).toBe('CUSTOM');
  });

  it('allows the function to write its log and nothing else', () => {
    const policies = Object.entries(resources(template)).filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.includes('AuthorizerPolicy'));
    expect(policies.map(([, { Properties }]) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement)).toEqual([[{
      Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringContaining('AuthorizerLogs'), 'Arn'] },
    }]]);
  });

  it('configures the handler to read the owner from issuer and subject of the token', () => {
    expect(handlerConfiguration(template).auth).toEqual({ mode: 'authorizer', fields: ['iss', 'sub'] });
  });

  it('passes the options to the function, with defaults', () => {
    expect(configuration(OPTIONS)).toEqual({ ...OPTIONS, algorithms: ['RS256'], clockToleranceSeconds: 0 });
    const all = { ...OPTIONS, jwksUri: 'https://issuer.example/keys', algorithms: ['ES256', 'EdDSA'], scopes: ['write'] };
    expect(configuration({ ...all, clockTolerance: Duration.seconds(30) })).toEqual({ ...all, clockToleranceSeconds: 30 });
  });

  it('applies the compute options and the encryption key of the API to the function', () => {
    const stack = testStack(HOME);
    const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', 'arn:aws:iam::111122223333:policy/boundary');
    const encryptionKey = new kms.Key(stack, 'Key');
    const compute = { permissionsBoundary, logRetention: logs.RetentionDays.ONE_DAY };
    const bounded = synth({ auth: ApiAuth.jwt(OPTIONS), encryptionKey, compute }, stack);
    expect(ofType(bounded, 'AWS::IAM::Role')).toHaveLength(2);
    for (const { Properties } of ofType(bounded, 'AWS::IAM::Role')) expect(Properties).toHaveProperty('PermissionsBoundary');
    for (const { Properties } of ofType(bounded, 'AWS::Logs::LogGroup')) expect(Properties).toMatchObject({ RetentionInDays: 1, KmsKeyId: {} });
  });

  it.each<[Partial<JwtAuthOptions>, string]>([
    [{ issuer: 'http://issuer.example' }, "'auth.issuer' must be a URL that begins with https://"],
    [{ issuer: 'issuer.example' }, "'auth.issuer' must be a URL that begins with https://"],
    [{ issuer: 'https://issuer.example?x=1' }, "has no query, got 'https://issuer.example?x=1'"],
    [{ jwksUri: 'ftp://x' }, "'auth.jwksUri' must be a URL"],
    [{ audience: [] }, "'auth.audience' must contain at least one name"],
    [{ audience: [''] }, "'auth.audience' must contain at least one name and no empty names"],
    [{ audience: ['a', 'a'] }, "'auth.audience' must contain each name once"],
    [{ scopes: [] }, "'auth.scopes' must contain at least one name"],
    [{ algorithms: ['none'] }, "'auth.algorithms' must contain only RS256, RS384, RS512, ES256, ES384, ES512, EdDSA, got 'none'"],
    [{ algorithms: ['HS256'] }, "got 'HS256'"],
    [{ algorithms: [] }, "'auth.algorithms' must contain at least one name"],
    [{ clockTolerance: Duration.minutes(6) }, "'auth.clockTolerance' must be between 0 seconds and 5 minutes"],
    [{ clockTolerance: Duration.millis(10) }, "'auth.clockTolerance' must be whole seconds"],
  ])('fails for the options %j', (options, problem) => {
    expect(() => imageApi({ auth: ApiAuth.jwt({ ...OPTIONS, ...options }) })).toThrow(problem);
  });
});
