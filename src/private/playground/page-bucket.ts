// the main module loads the modules on first use, and few apps have a playground
import { aws_s3_deployment as s3deploy, IgnoreMode, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { type Construct } from 'constructs';
import {
  PLAYGROUND_CACHE_CONTROL, PLAYGROUND_CONFIGURATION_FILE, PLAYGROUND_HASHED_EXTENSIONS, type PlaygroundConfiguration,
} from '../contract/playground';

/** Creates the bucket of the page. Its files are a part of this package, so that they can be deleted with the stack. */
export function createPageBucket(scope: Construct): s3.Bucket {
  return new s3.Bucket(scope, 'Bucket', {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    encryption: s3.BucketEncryption.S3_MANAGED,
    removalPolicy: RemovalPolicy.DESTROY,
    autoDeleteObjects: true,
  });
}

/**
 * Uploads the page and its configuration.
 *
 * Files with a hash in their name come first, and earlier ones are kept: a page that is open, or that comes from an earlier `index.html`, still
 * finds its parts. The other files are revalidated for each request, so that CloudFront needs no invalidation, which takes minutes and can
 * fail a deployment.
 */
export function deployPage(scope: Construct, destinationBucket: s3.IBucket, folder: string, configuration: PlaygroundConfiguration): void {
  const hashed = PLAYGROUND_HASHED_EXTENSIONS.map((extension) => `*${extension}`);
  const files = (...exclude: string[]) => s3deploy.Source.asset(folder, { ignoreMode: IgnoreMode.GIT, exclude });
  const deploy = (id: string, cacheControl: string, sources: s3deploy.ISource[]) => new s3deploy.BucketDeployment(scope, id, {
    destinationBucket,
    sources,
    prune: false,
    cacheControl: [s3deploy.CacheControl.fromString(cacheControl)],
  });
  const parts = deploy('Parts', PLAYGROUND_CACHE_CONTROL.hashed, [files('*', '!*/', ...hashed.map((pattern) => `!${pattern}`))]);
  const page = deploy('Page', PLAYGROUND_CACHE_CONTROL.other, [
    files(...hashed),
    s3deploy.Source.jsonData(PLAYGROUND_CONFIGURATION_FILE, configuration),
  ]);
  page.node.addDependency(parts);
}
