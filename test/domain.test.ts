import { Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { DomainOptions } from '../src';
import { imageApi, testStack } from './helpers/stack';

const ARN = 'arn:aws:acm:us-west-2:111122223333:certificate/1';
const withDomain = (options: Partial<DomainOptions> = {}) => {
  const stack = testStack();
  const images = imageApi({}, stack);
  const domain = images.addDomain({ domainName: 'images.example.com', certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', ARN), ...options });
  return { stack, images, domain };
};

describe('addDomain', () => {
  it.each([undefined, 'v2'])('maps the stage at %s', (basePath) => {
    const { stack } = withDomain({ basePath });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ApiGateway::DomainName', {
      DomainName: 'images.example.com', RegionalCertificateArn: ARN, EndpointConfiguration: { Types: ['REGIONAL'] }, SecurityPolicy: 'TLS_1_2',
    });
    const [{ Properties }] = Object.values(template.findResources('AWS::ApiGateway::BasePathMapping'));
    expect(Properties).toEqual({
      DomainName: { Ref: expect.stringContaining('ImagesDomain') },
      RestApiId: { Ref: expect.stringContaining('ImagesApi') },
      Stage: { Ref: expect.stringContaining('ImagesApiDeploymentStageprod') },
      ...(basePath && { BasePath: basePath }),
    });
  });

  it('names what DNS has to point to', () => {
    const { stack, domain } = withDomain();
    expect(Stack.of(domain).resolve(domain.domainNameAliasDomainName)).toEqual({ 'Fn::GetAtt': [expect.stringContaining('ImagesDomain'), 'RegionalDomainName'] });
    expect(Stack.of(domain)).toBe(stack);
  });

  it.each<[Partial<DomainOptions>, string]>([
    [{ domainName: 'https://images.example.com' }, "'domainName' must be a name like images.example.com, in lower case and without scheme or path, got 'https://images.example.com'"],
    [{ domainName: 'Images.example.com' }, "got 'Images.example.com'"],
    [{ domainName: 'images.example.com/v2' }, "got 'images.example.com/v2'"],
    [{ basePath: '/v2' }, "'basePath' must consist of letters, digits and $-_.+!*'() in one segment, without slashes, got '/v2'"],
    [{ basePath: 'v2/' }, "got 'v2/'"],
    [{ basePath: 'a/b' }, "got 'a/b'"],
    [{ basePath: '' }, "got ''"],
    [{ basePath: 'a b' }, "got 'a b'"],
  ])('refuses %j', (options, message) => expect(() => withDomain(options)).toThrow(message));

  it('takes values of the deployment', () => {
    expect(() => withDomain({ domainName: Lazy.string({ produce: () => 'x.example.com' }), basePath: Lazy.string({ produce: () => 'v2' }) })).not.toThrow();
  });

  it('is there once', () => {
    const { images, stack } = withDomain();
    const again = () => images.addDomain({ domainName: 'b.example.com', certificate: acm.Certificate.fromCertificateArn(stack, 'B', ARN) });
    expect(again).toThrow('there is a domain already');
  });
});
