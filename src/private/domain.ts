import { Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { DomainOptions } from '../domain';
import { throwProblems } from './validation/rules';

const ID = 'Domain';

export function createDomain(scope: Construct, restApi: apigateway.RestApi, options: DomainOptions): apigateway.DomainName {
  const { domainName, certificate, basePath } = options;
  throwProblems('addDomain', scope.node.path, [
    ...(scope.node.tryFindChild(ID) ? ["there is a domain already; more of them are made with new apigateway.DomainName(...) and 'restApi'"] : []),
    ...domainNameProblems(domainName),
    ...basePathProblems(basePath),
  ]);
  const domain = new apigateway.DomainName(scope, ID, {
    domainName,
    certificate,
    endpointType: apigateway.EndpointType.REGIONAL,
    securityPolicy: apigateway.SecurityPolicy.TLS_1_2,
  });
  domain.addBasePathMapping(restApi, { basePath, stage: restApi.deploymentStage });
  return domain;
}

const DOMAIN_NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/;

function domainNameProblems(domainName: string): string[] {
  if (Token.isUnresolved(domainName) || DOMAIN_NAME.test(domainName)) return [];
  return [`'domainName' must be a name like images.example.com, in lower case and without scheme or path, got '${domainName}'`];
}

/** What API Gateway takes in a base path mapping: one segment. */
const BASE_PATH = /^[A-Za-z0-9$\-_.+!*'()]+$/;

function basePathProblems(basePath: string | undefined): string[] {
  if (basePath === undefined || Token.isUnresolved(basePath) || BASE_PATH.test(basePath)) return [];
  return [`'basePath' must consist of letters, digits and $-_.+!*'() in one segment, without slashes, got '${basePath}'`];
}
