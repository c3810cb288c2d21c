import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { ApiAuth, type CognitoAuthOptions, type ImagePlayground, type PlaygroundSignInOptions } from '../../../src';
import { type PlaygroundSignIn } from '../../../src/private/contract/playground';
import { behaviorOf, pageConfiguration, playground } from '../../helpers/playground';
import { HOME, resources, testApp, testStack, textOf } from '../../helpers/stack';

const PREFIX = { cognitoDomain: { domainPrefix: 'images' } };

interface Users {
  readonly stack: Stack;
  readonly userPool: cognito.UserPool;
  readonly domain: cognito.UserPoolDomain;
}

function users(options: cognito.UserPoolDomainOptions = PREFIX, stack = testStack(HOME)): Users {
  const userPool = new cognito.UserPool(stack, 'Users');
  return { stack, userPool, domain: userPool.addDomain('Domain', options) };
}

function create({ stack, userPool, domain }: Users, auth: CognitoAuthOptions = {}, signIn: Partial<PlaygroundSignInOptions> = {}): ImagePlayground {
  return playground({ signIn: { domain, ...signIn } }, { auth: ApiAuth.cognito(userPool, auth) }, stack);
}

function pageClient({ userPool }: Users, options: cognito.UserPoolClientOptions = {}): cognito.UserPoolClient {
  return userPool.addClient('Page', { oAuth: { flows: { authorizationCodeGrant: true }, callbackUrls: ['https://images.example.com/'] }, ...options });
}

describe('the app client of the page', () => {
  it('is public, has the authorization code grant, and returns to the page only', () => {
    const all = users();
    create(all);
    const template = Template.fromStack(all.stack);
    const url = { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [Match.stringLikeRegexp('^PlaygroundDistribution'), 'DomainName'] }, '/']] };
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      UserPoolId: { Ref: Match.stringLikeRegexp('^Users') },
      GenerateSecret: false,
      PreventUserExistenceErrors: 'ENABLED',
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: [url],
      LogoutURLs: [url],
      SupportedIdentityProviders: ['COGNITO'],
    });
    template.resourceCountIs('AWS::Cognito::ManagedLoginBranding', 0);
  });

  it('gets the default style for managed login, which shows no page without one', () => {
    const all = users({ ...PREFIX, managedLoginVersion: cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN });
    create(all);
    Template.fromStack(all.stack).hasResourceProperties('AWS::Cognito::ManagedLoginBranding', {
      UserPoolId: { Ref: Match.stringLikeRegexp('^Users') }, ClientId: { Ref: Match.stringLikeRegexp('^PlaygroundAppClient') }, UseCognitoProvidedValues: true,
    });
  });

  it('has the scopes of the API, and is created after their resource server', () => {
    const all = users();
    all.userPool.addResourceServer('Server', { identifier: 'images', scopes: [{ scopeName: 'generate', scopeDescription: 'Generate' }] });
    create(all, { scopes: ['images/generate'] });
    const template = Template.fromStack(all.stack);
    const [client] = Object.values(resources(template)).filter(({ Type }) => Type === 'AWS::Cognito::UserPoolClient');
    expect(client.Properties.AllowedOAuthScopes).toEqual(['openid', 'images/generate']);
    expect((client as { DependsOn?: string[] }).DependsOn).toEqual([expect.stringMatching(/^UsersServer/)]);
  });
});

describe('the configuration of sign-in', () => {
  const configurationOf = (stack: Stack) => pageConfiguration(stack).auth as PlaygroundSignIn;

  it('names the pages of Cognito, the app client and the token', () => {
    const all = users();
    create(all);
    expect(configurationOf(all.stack)).toEqual({
      type: 'cognito',
      domain: expect.stringMatching(/^https:\/\/<UsersDomain\w+>\.auth\.us-west-2\.amazoncognito\.com$/),
      clientId: expect.stringMatching(/^<PlaygroundAppClient\w+>$/),
      issuer: expect.stringMatching(/^https:\/\/<Users\w+\.ProviderName>$/),
      scopes: ['openid'],
      token: 'id',
    });
  });

  it('names access tokens if the API has scopes', () => {
    const all = users();
    create(all, { scopes: ['openid', 'images/generate'] });
    expect(configurationOf(all.stack)).toMatchObject({ scopes: ['openid', 'images/generate'], token: 'access' });
  });

  it.each([
    ['images', 'https://images.auth.us-west-2.amazoncognito.com'], ['login.example.com', 'https://login.example.com'],
  ])('accepts the imported domain %s', (name, url) => {
    const all = users();
    create(all, {}, { domain: cognito.UserPoolDomain.fromDomainName(all.stack, 'Imported', name) });
    expect(configurationOf(all.stack).domain).toBe(url);
  });

  it('accepts a custom domain', () => {
    const stack = testStack(HOME);
    const certificate = acm.Certificate.fromCertificateArn(stack, 'C', 'arn:aws:acm:us-east-1:111122223333:certificate/1');
    const all = users({ customDomain: { domainName: 'login.example.com', certificate } }, stack);
    create(all);
    expect(configurationOf(stack).domain).toMatch(/^https:\/\/<UsersDomain\w+>$/);
  });

  it('adds the sign-in pages to the policy of the page', () => {
    const all = users();
    create(all);
    const template = Template.fromStack(all.stack);
    const { Ref: id } = behaviorOf(template, '*').behavior.ResponseHeadersPolicyId;
    expect(textOf((resources(template)[id].Properties.ResponseHeadersPolicyConfig as {
      SecurityHeadersConfig: { ContentSecurityPolicy: { ContentSecurityPolicy: unknown } };
    }).SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy)).toMatch(/connect-src 'self' https:\/\/<UsersDomain\w+>\.auth\.us-west-2\.amazoncognito\.com;/);
  });
});

describe('an app client of the user', () => {
  const certificateOf = (stack: Stack) => acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:111122223333:certificate/1');

  it('is used if its callback URL is the domain name of the page', () => {
    const all = users();
    const userPoolClient = pageClient(all);
    playground(
      { signIn: { domain: all.domain, userPoolClient }, domain: 'images.example.com', certificate: certificateOf(all.stack) },
      { auth: ApiAuth.cognito(all.userPool, { userPoolClients: [userPoolClient] }) }, all.stack,
    );
    expect((pageConfiguration(all.stack).auth as PlaygroundSignIn).clientId).toMatch(/^<UsersPage\w+>$/);
    Template.fromStack(all.stack).resourceCountIs('AWS::Cognito::UserPoolClient', 1);
  });

  it('can get the URL of the distribution afterwards, although the API names the app client', () => {
    const all = users();
    const userPoolClient = pageClient(all);
    const page = create(all, { userPoolClients: [userPoolClient] }, { userPoolClient });
    Object.assign(userPoolClient.node.defaultChild!, { callbackUrLs: [page.url], logoutUrLs: [page.url] });
    // Template.fromStack() fails for resources that depend on each other
    Template.fromStack(all.stack).hasResourceProperties('AWS::Cognito::UserPoolClient', {
      CallbackURLs: [{ 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [Match.stringLikeRegexp('^PlaygroundDistribution'), 'DomainName'] }, '/']] }],
    });
  });

  it('fails at synthesis without the URL of the page', () => {
    const all = users();
    const userPoolClient = pageClient(all);
    create(all, {}, { userPoolClient });
    expect(() => Template.fromStack(all.stack)).toThrow("'signIn.userPoolClient' must have the URL of the page as callback URL; set 'callbackUrLs' and 'logoutUrLs'");
  });

  it('is not checked if it is imported', () => {
    const all = users();
    create(all, {}, { userPoolClient: cognito.UserPoolClient.fromUserPoolClientId(all.stack, 'Imported', 'abc') });
    expect((pageConfiguration(all.stack).auth as PlaygroundSignIn).clientId).toBe('abc');
  });

  it('is found in the accepted app clients by its id', () => {
    const all = users();
    const imported = (id: string) => cognito.UserPoolClient.fromUserPoolClientId(all.stack, id, 'abc');
    create(all, { userPoolClients: [imported('One')] }, { userPoolClient: imported('Two') });
    expect((pageConfiguration(all.stack).auth as PlaygroundSignIn).clientId).toBe('abc');
  });
});

it('works with a user pool of another stack', () => {
  const app = testApp();
  const poolStack = new Stack(app, 'Pool', { env: HOME });
  const { userPool, domain } = users(PREFIX, poolStack);
  const stack = testStack(HOME, app);
  create({ stack, userPool, domain });
  expect(Template.fromStack(stack).findResources('AWS::Cognito::UserPoolClient')).not.toEqual({});
  expect(poolStack.dependencies).toEqual([]);
});
