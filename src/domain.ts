import * as acm from 'aws-cdk-lib/aws-certificatemanager';

/**
 * A domain name of your own for the API.
 */
export interface DomainOptions {
  /**
   * The name, for example `images.example.com`, in lower case. Its DNS record has to point to the domain that `addDomain` returns.
   */
  readonly domainName: string;

  /**
   * Certificate for the name, of AWS Certificate Manager in the region of the stack.
   */
  readonly certificate: acm.ICertificate;

  /**
   * Path below which the API answers, one segment without slashes, for example `v2`: other APIs can have other paths.
   *
   * @default - all paths of the domain
   */
  readonly basePath?: string;
}
