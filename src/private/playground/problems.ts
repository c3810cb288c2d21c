// the main module loads the certificates on first use, and few apps have a playground
import { Arn, ArnFormat, aws_certificatemanager as acm, Token } from 'aws-cdk-lib';
import { type PlaygroundApi } from './playground-api';
import { signInOptionProblems } from './sign-in';
import { type ImagePlaygroundProps } from '../../image-playground-props';
import { areKnownToDiffer, partitionOf } from '../validation/environments';
import { optionsOf, resource, text, type ValueType } from '../validation/value-types';

const CERTIFICATE_REGION = 'us-east-1';
const MAX_TITLE = 60;
/** Labels of letters, digits and hyphens. The first can be a wildcard for CloudFront, but not in the URL of a page. */
const DOMAIN_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

const TYPES: Readonly<Record<Exclude<keyof ImagePlaygroundProps, 'api'>, ValueType>> = {
  title: text,
  signIn: optionsOf({
    domain: resource('a domain of a user pool', 'domainName', "for example userPool.addDomain('Domain', { cognitoDomain: { domainPrefix } })"),
    userPoolClient: resource('an app client', 'userPoolClientId', "for example userPool.addClient('Page', { oAuth })"),
  }, ['domain']),
  domain: text,
  certificate: resource('a certificate', 'certificateArn', "for example acm.Certificate.fromCertificateArn(this, 'Certificate', arn)"),
};

/** Returns the props whose values have wrong types. */
export function playgroundTypeProblems(api: ValueType, props: ImagePlaygroundProps): string[] {
  return optionsOf({ api, ...TYPES }, ['api'])('', props);
}

/** Returns the problems of the values. */
export function playgroundProblems({ title, signIn, domain, certificate }: ImagePlaygroundProps, api: PlaygroundApi, stackRegion: string): string[] {
  return [
    ...partitionProblems(stackRegion),
    ...apiProblems(api),
    ...(title !== undefined && !Token.isUnresolved(title) && (title.trim() === '' || title.length > MAX_TITLE)
      ? [`'title' must have 1 to ${MAX_TITLE} characters, got ${title.length}`] : []),
    ...signInProblems(signIn, api),
    ...domainProblems(domain, certificate),
  ];
}

/** AWS GovCloud (US) has no CloudFront. CloudFront in China has no default domain and no certificates of AWS Certificate Manager. */
const NO_PLAYGROUND: readonly (string | undefined)[] = ['aws-cn', 'aws-us-gov'];

function partitionProblems(stackRegion: string): string[] {
  const partition = partitionOf(stackRegion);
  return NO_PLAYGROUND.includes(partition)
    ? [`the playground needs Amazon CloudFront as in the partition aws, got a stack in ${stackRegion} (partition ${partition}); remove the playground from this stack`] : [];
}

function apiProblems({ bucketName, credentials, hasStandardRoutes, isPrivate }: PlaygroundApi): string[] {
  return [
    ...(credentials.type === 'iam'
      ? ["'api' must not have ApiAuth.iam(), because a page has no AWS credentials to sign requests with; set 'auth' of the API to ApiAuth.cognito() or ApiAuth.apiKey()"] : []),
    ...(hasStandardRoutes ? [] : ["'api' must have the routes that the page calls; add ApiRoutes.standard() to 'routes' of the API"]),
    ...(isPrivate ? ["'api' must not be private, because CloudFront cannot reach it; remove 'network.privateEndpoint' of the API"] : []),
    ...(!Token.isUnresolved(bucketName) && bucketName.includes('.')
      ? [`'api' must store images in a bucket without dots in its name, because a certificate of Amazon S3 does not cover its host, got '${bucketName}'; use another bucket in 'storage' of the API`] : []),
  ];
}

function signInProblems(signIn: ImagePlaygroundProps['signIn'], { credentials }: PlaygroundApi): string[] {
  if (credentials.type !== 'userPool') {
    return signIn ? ["'signIn' needs an API whose callers are users of a user pool; remove it, or set 'auth' of the API to ApiAuth.cognito(userPool)"] : [];
  }
  if (signIn) return signInOptionProblems(signIn, credentials);
  return ["'signIn' is required, because 'api' has ApiAuth.cognito(); write { domain: userPool.addDomain('Domain', { cognitoDomain: { domainPrefix } }) }"];
}

function domainProblems(domain: string | undefined, certificate: ImagePlaygroundProps['certificate']): string[] {
  return [
    ...(domain !== undefined && !Token.isUnresolved(domain) && !DOMAIN_NAME.test(domain)
      ? [`'domain' must be a domain name in lower case, for example 'images.example.com', got '${domain}'`] : []),
    ...(domain !== undefined && !certificate ? [`'domain' needs 'certificate', a certificate of that domain name in ${CERTIFICATE_REGION}`] : []),
    ...(domain === undefined && certificate ? ["'certificate' needs 'domain', the domain name of the page"] : []),
    ...(certificate ? certificateProblems(certificate) : []),
    ...(domain !== undefined && certificate ? coverageProblems(domain, certificate) : []),
  ];
}

function certificateProblems(certificate: acm.ICertificate): string[] {
  const region = certificateRegion(certificate);
  if (!areKnownToDiffer(region, CERTIFICATE_REGION)) return [];
  return [`'certificate' must be in ${CERTIFICATE_REGION}, as CloudFront requires, got a certificate in ${region}; create it in a stack of that Region`];
}

/** CloudFront rejects a domain that its certificate does not cover. The names of an imported certificate are not known. */
function coverageProblems(domain: string, { node: { defaultChild } }: acm.ICertificate): string[] {
  if (!(defaultChild instanceof acm.CfnCertificate)) return [];
  const { domainName, subjectAlternativeNames: others = [] } = defaultChild;
  const names = [domainName, ...others];
  if ([domain, others, ...names].some((each) => Token.isUnresolved(each))) return [];
  if (names.some((name) => name.toLowerCase() === domain || name.toLowerCase() === domain.replace(/^[^.]+/, '*'))) return [];
  return [`'certificate' must cover 'domain', '${domain}', got a certificate of ${names.map((name) => `'${name}'`).join(', ')}; create one with that 'domainName'`];
}

/** An imported certificate has the Region of its ARN, not of its stack. */
function certificateRegion({ certificateArn, env, node }: acm.ICertificate): string | undefined {
  if (!Token.isUnresolved(certificateArn)) return Arn.split(certificateArn, ArnFormat.SLASH_RESOURCE_NAME).region;
  return node.defaultChild instanceof acm.CfnCertificate ? env.region : undefined;
}
