import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { type Construct } from 'constructs';
import { GenAiImageApi, type GenAiImageApiAttributes, type GenAiImageApiProps, type IGenAiImageApi, ImageModel, ModelFamily } from '../src';
import { asList, HOME, imageApi, ofType, roleStatements, type Statement, testApp, testStack, textOf } from './helpers/stack';

const REST_API_ID = 'a1b2c3d4e5';

function imported(scope: Construct, attrs: Partial<GenAiImageApiAttributes> = {}): IGenAiImageApi {
  return GenAiImageApi.fromGenAiImageApiAttributes(scope, 'Images', { restApiId: REST_API_ID, ...attrs });
}

/** Creates a role, calls `grant` with it, and returns the statements of its policies. */
function granted(stack: Stack, grant: (role: iam.Role) => iam.Grant): Statement[] {
  expect(grant(new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() })).success).toBe(true);
  return ofType(Template.fromStack(stack), 'AWS::IAM::Policy').filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('Caller'))
    .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement);
}

describe('fromGenAiImageApiAttributes', () => {
  it('creates no resources', () => {
    const stack = testStack(HOME);
    imported(stack);
    expect(Template.fromStack(stack).toJSON()).not.toHaveProperty('Resources');
  });

  it('has the id of the REST API', () => {
    expect(imported(testStack(HOME)).restApiId).toBe(REST_API_ID);
  });

  it.each([
    [HOME, 'https://a1b2c3d4e5.execute-api.us-west-2.<AWS::URLSuffix>/prod/'],
    [undefined, 'https://a1b2c3d4e5.execute-api.<AWS::Region>.<AWS::URLSuffix>/prod/'],
  ])('has the URL of the stage in the environment %j by default', (env, url) => {
    const stack = testStack(env);
    expect(textOf(stack.resolve(imported(stack).url))).toBe(url);
  });

  it('has the given URL', () => {
    expect(imported(testStack(HOME), { url: 'https://images.example.com/' }).url).toBe('https://images.example.com/');
  });

  it('accepts the attributes of an API in another stack', () => {
    const app = testApp();
    const defined = imageApi({}, new Stack(app, 'Defining', { env: HOME }));
    const stack = testStack(HOME, app);
    const { url } = imported(stack, { restApiId: defined.restApiId, url: defined.url });
    new CfnOutput(stack, 'Url', { value: url });
    app.synth();
    expect(stack.dependencies).toEqual([defined.node.scope]);
    expect(Template.fromStack(stack).findOutputs('Url').Url.Value).toMatchObject({
      'Fn::Join': ['', expect.arrayContaining([{ 'Fn::ImportValue': expect.stringMatching(/^Defining:/) }])],
    });
  });
});

describe('GenAiImageApi', () => {
  it('implements the interface with the attributes of its REST API', () => {
    const api = imageApi();
    const images: IGenAiImageApi = api;
    expect(images.url).toBe(api.restApi.url);
    expect(images.restApiId).toBe(api.restApi.restApiId);
  });
});

describe('grantInvoke of an imported API', () => {
  it('grants the same permission as the stack that defines the API', () => {
    const defining = testStack(HOME);
    const api = imageApi({}, defining);
    const [expected] = granted(defining, (role) => api.grantInvoke(role)).filter(({ Action }) => Action === 'execute-api:Invoke');
    const stack = testStack(HOME);
    const [statement, ...others] = granted(stack, (role) => imported(stack).grantInvoke(role));
    expect(others).toEqual([]);
    expect(statement).toMatchObject({ Effect: 'Allow', Action: expected.Action });
    expect(textOf(statement.Resource)).toBe('arn:<AWS::Partition>:execute-api:us-west-2:111122223333:a1b2c3d4e5/prod/*/*');
    expect(textOf(statement.Resource)).toBe(textOf(expected.Resource).replace(/<ImagesApi\w+>/, REST_API_ID));
  });
});

describe('grantModelSubscription of an imported API', () => {
  const subscriptions = (props: Pick<GenAiImageApiAttributes, 'models'>) => {
    const stack = testStack(HOME);
    return granted(stack, (role) => imported(stack, props).grantModelSubscription(role))
      .filter(({ Action }) => asList(Action).includes('aws-marketplace:Subscribe')).map(({ Condition }) => Condition);
  };

  it('allows subscribing to the products of the given models only', () => {
    expect(subscriptions({ models: [ImageModel.STABLE_IMAGE_CORE, ImageModel.STABLE_IMAGE_ULTRA] })).toEqual([
      { 'ForAnyValue:StringEquals': { 'aws-marketplace:ProductId': ['prod-eacdrmv7zfc5e', 'prod-7boen2z2wnxrg'] } },
    ]);
  });

  it('allows subscribing to any product without models', () => {
    expect(subscriptions({})).toEqual([undefined]);
  });

  it('allows subscribing to any product if the product of a model is not known', () => {
    const unknown = ImageModel.of('vendor.new-v1:0', { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' });
    expect(subscriptions({ models: [ImageModel.STABLE_IMAGE_CORE, unknown] })).toEqual([undefined]);
  });

  it('allows nothing if no model needs a subscription', () => {
    const stack = testStack(HOME);
    const role = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
    expect(imported(stack, { models: [ImageModel.sageMakerEndpoint('painter')] }).grantModelSubscription(role).success).toBe(false);
    expect(roleStatements(Template.fromStack(stack))).toEqual([]);
  });

  it('grants the same permissions as the stack that defines the API', () => {
    const props: GenAiImageApiProps = { model: ImageModel.STABLE_IMAGE_ULTRA, additionalModels: [ImageModel.SD3_5_LARGE] };
    const defining = testStack(HOME);
    const api = imageApi(props, defining);
    const stack = testStack(HOME);
    const models = [ImageModel.STABLE_IMAGE_ULTRA, ImageModel.SD3_5_LARGE];
    expect(granted(stack, (role) => imported(stack, { models }).grantModelSubscription(role)))
      .toEqual(granted(defining, (role) => api.grantModelSubscription(role)));
  });
});

describe('event rules of an imported API', () => {
  it.each([
    ['onImageSucceeded', 'Image Succeeded'], ['onImageFailed', 'Image Failed'], ['onImageDeleted', 'Image Deleted'],
  ] as const)('%s creates a rule for %s events of this API only', (method, detailType) => {
    const stack = testStack(HOME);
    imported(stack)[method]('Rule', { target: new targets.SqsQueue(new sqs.Queue(stack, 'Inbox')) });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Events::Rule', 1);
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { 'source': ['cdk-genai-image-api'], 'detail-type': [detailType], 'detail': { api: [REST_API_ID] } },
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Inbox'), 'Arn'] } })],
    });
  });

  it('accept a pattern that narrows the events', () => {
    const stack = testStack(HOME);
    imported(stack).onImageFailed('Rule', { eventPattern: { detail: { failures: { code: ['MODEL_UNAVAILABLE'] } } } })
      .addTarget(new targets.SqsQueue(new sqs.Queue(stack, 'Inbox')));
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { detail: { api: [REST_API_ID], failures: { code: ['MODEL_UNAVAILABLE'] } } },
    });
  });

  it('fail with includePrompt, and name the stack where it has an effect', () => {
    const images = imported(testStack(HOME));
    for (const method of ['onImageSucceeded', 'onImageFailed', 'onImageDeleted'] as const) {
      expect(() => images[method]('Rule', { includePrompt: true })).toThrow(
        "'includePrompt' has no effect on the imported API 'Stack/Images'; set it in an onImage...() call of the stack that defines the API");
      expect(images.node.tryFindChild('Rule')).toBeUndefined();
    }
  });
});
