import { Stack } from 'aws-cdk-lib';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { GenAiImageApi } from './genai-image-api';
import { type ImagePlaygroundProps } from './image-playground-props';
import { hasFirewall } from './private/firewall/firewall';
import { warnIpLimit, warnLongRequests } from './private/playground/annotations';
import { playgroundConfiguration } from './private/playground/configuration';
import { createDistribution } from './private/playground/distribution';
import { createPageBucket, deployPage } from './private/playground/page-bucket';
import { pageFolder } from './private/playground/page-folder';
import { playgroundProblems, playgroundTypeProblems } from './private/playground/problems';
import { callbackProblems, signInUrl } from './private/playground/sign-in';
import { throwProblems } from './private/validation/rules';
import { instanceOf } from './private/validation/value-types';

const API = instanceOf(GenAiImageApi, 'create the playground in the app that defines the API');

/**
 * A web page that generates and edits images with an API: a private bucket behind an Amazon CloudFront distribution.
 *
 * The distribution also forwards requests to the API and to the image bucket, so that the page needs no CORS. The page offers what the API
 * can do. It has no other users or permissions than the API: with `ApiAuth.cognito()` users sign in, otherwise they paste an API key or a
 * token, which stays in the memory of the browser tab.
 *
 * An idle playground costs only the storage of its files, about 0.3 MB, and of earlier versions. CloudFront charges for requests and data transfer.
 *
 * @example
 * import { CfnOutput } from 'aws-cdk-lib';
 * import { ApiAuth, GenAiImageApi, ImagePlayground } from 'cdk-genai-image-api';
 *
 * const images = new GenAiImageApi(this, 'Images', { auth: ApiAuth.apiKey({ clients: ['web'] }) });
 * const playground = new ImagePlayground(this, 'Playground', { api: images });
 * new CfnOutput(this, 'PlaygroundUrl', { value: playground.url });
 */
export class ImagePlayground extends Construct {
  /**
   * URL of the page, with a trailing slash.
   */
  public readonly url: string;

  /**
   * Distribution of the page. Use it for features that this construct does not offer, for example `distribution.attachWebAclId()`.
   */
  public readonly distribution: cloudfront.Distribution;

  /**
   * Bucket of the page. It contains no images, and is deleted with the stack.
   */
  public readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, props: ImagePlaygroundProps) {
    super(scope, id);
    throwProblems('ImagePlayground', this.node.path, playgroundTypeProblems(API, props));
    const { signIn, title } = props;
    const api = props.api._playgroundApi;
    throwProblems('ImagePlayground', this.node.path, playgroundProblems(props, api, Stack.of(this).region));
    warnLongRequests(this, api.timeout);
    warnIpLimit(this, () => hasFirewall(props.api));
    this.bucket = createPageBucket(this);
    this.distribution = createDistribution(this, { ...props, api, pageBucket: this.bucket, signIn: signIn && signInUrl(signIn, api.region) });
    this.url = `https://${props.domain ?? this.distribution.distributionDomainName}/`;
    if (signIn) this.node.addValidation({ validate: () => callbackProblems(signIn, this.url) });
    deployPage(this, this.bucket, pageFolder(), playgroundConfiguration(this, { api, signIn, title, url: this.url }));
  }
}
