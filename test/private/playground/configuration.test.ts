import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ApiAuth, type ApiAuthBinding, ApiRoutes, Delivery, ImageStorage, OwnerSource } from '../../../src';
import { API_KEYS, pageConfiguration, playground } from '../../helpers/playground';
import { HOME, testStack } from '../../helpers/stack';

const authorizer = (stack: Stack) => lambda.Function.fromFunctionName(stack, 'F', 'f');

describe('config.json', () => {
  it('contains the paths of the page, and the hosts of the API and the images', () => {
    const stack = testStack(HOME);
    playground({}, undefined, stack);
    expect(pageConfiguration(stack)).toEqual({
      name: 'Image playground',
      api: '/api',
      apiUrl: expect.stringMatching(/^https:\/\/<ImagesApi\w+>\.execute-api\.us-west-2\.<AWS::URLSuffix>\/prod$/),
      images: '/i',
      imagesHost: expect.stringMatching(/^<ImagesBucket\w+>\.s3\.us-west-2\.<AWS::URLSuffix>$/),
      uploads: '/u',
      queued: false,
      retentionDays: 30,
      auth: { type: 'apiKey' },
    });
  });

  it('contains title, delivery, retention and an existing bucket', () => {
    const stack = testStack(HOME);
    playground({ title: 'Bilder & "Texte"' }, {
      auth: ApiAuth.none(),
      delivery: Delivery.queued(),
      storage: ImageStorage.existing(s3.Bucket.fromBucketName(stack, 'B', 'my-bucket'), { expiration: Duration.days(7) }),
    }, stack);
    expect(pageConfiguration(stack)).toMatchObject({
      name: 'Bilder & "Texte"', queued: true, retentionDays: 7, imagesHost: 'my-bucket.s3.us-west-2.<AWS::URLSuffix>',
    });
  });

  it('contains the Region in a stack whose Region is only known at deployment', () => {
    const stack = testStack();
    playground({}, undefined, stack);
    expect(pageConfiguration(stack).imagesHost).toMatch(/^<ImagesBucket\w+>\.s3\.<AWS::Region>\.<AWS::URLSuffix>$/);
  });

  it.each<[string, (stack: Stack) => ApiAuth, object]>([
    ['API keys', () => API_KEYS, { type: 'apiKey' }],
    ['API keys in both headers', () => ApiAuth.apiKey({ clients: ['web'], acceptBearer: true }), { type: 'apiKey' }],
    ['no authentication', () => ApiAuth.none(), { type: 'none' }],
    ['tokens of an OpenID Connect provider', () => ApiAuth.jwt({ issuer: 'https://example.com', audience: ['a'] }), { type: 'bearer' }],
    ['an authorizer of the user', (s) => ApiAuth.custom(authorizer(s)), { type: 'headers', headers: ['Authorization'] }],
    ['an authorizer with other headers', (s) => ApiAuth.custom(authorizer(s), { headers: ['x-user', 'x-secret'] }), { type: 'headers', headers: ['x-user', 'x-secret'] }],
    ['a subclass with an API key and an authorizer', () => new KeyAndToken(), { type: 'headers', headers: ['x-api-key', 'Authorization'] }],
    ['a subclass that requires an API key', () => new OtherKeys(), { type: 'apiKey' }],
  ])('names the credentials for %s', (_case, auth, expected) => {
    const stack = testStack(HOME);
    playground({}, { auth: auth(stack), routes: [ApiRoutes.standard(), ApiRoutes.openAi()] }, stack);
    expect(pageConfiguration(stack).auth).toEqual(expected);
  });
});

class KeyAndToken extends ApiAuth {
  public override bind(scope: Stack): ApiAuthBinding {
    const token = new apigateway.TokenAuthorizer(scope, 'Token', { handler: authorizer(scope) });
    return { methodOptions: { authorizer: token, apiKeyRequired: true }, owner: OwnerSource.authorizer('principalId') };
  }
}

class OtherKeys extends ApiAuth {
  public override bind(): ApiAuthBinding {
    return { methodOptions: { authorizationType: apigateway.AuthorizationType.NONE, apiKeyRequired: true }, owner: OwnerSource.none() };
  }
}

it('works in an app whose stack has no environment, with the default context', () => {
  const stack = new Stack(new App(), 'Stack');
  playground({}, undefined, stack);
  Template.fromStack(stack).resourceCountIs('AWS::CloudFront::Distribution', 1);
});
