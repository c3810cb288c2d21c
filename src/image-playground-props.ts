import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import { type GenAiImageApi } from './genai-image-api';

/**
 * Sign-in with the user pool of an API that has `ApiAuth.cognito()`.
 *
 * The page uses the authorization code grant with PKCE. It keeps tokens in the memory of the browser tab.
 */
export interface PlaygroundSignInOptions {
  /**
   * Domain of the user pool, with its sign-in pages.
   *
   * An imported domain whose name contains a dot is a custom domain. Any other name is the prefix of a Cognito domain in the Region of the
   * API.
   */
  readonly domain: cognito.IUserPoolDomain;

  /**
   * App client of the page. Required if the API accepts the tokens of certain app clients only, see `userPoolClients` of
   * `ApiAuth.cognito()`.
   *
   * It must have no secret, the authorization code grant, the scope `openid`, the scopes of the API if it has any, and the URL of the page
   * as callback URL and sign-out URL. If the distribution has no `domain`, its URL is only known after the construct is created: set
   * `callbackUrLs` and `logoutUrLs` of the `CfnUserPoolClient` to `[playground.url]`.
   *
   * @default - an app client is created
   */
  readonly userPoolClient?: cognito.IUserPoolClient;
}

/**
 * Properties of `ImagePlayground`.
 */
export interface ImagePlaygroundProps {
  /**
   * API that the page calls. It must have `ApiRoutes.standard()` and an authentication other than `ApiAuth.iam()`, and must not be private.
   *
   * It can be in another stack of the app.
   */
  readonly api: GenAiImageApi;

  /**
   * Name of the application, in the header and the title of the page. At most 60 characters.
   *
   * @default 'Image playground'
   */
  readonly title?: string;

  /**
   * Sign-in of users. Required with `ApiAuth.cognito()`, and not allowed with other authentication.
   *
   * @default - users paste an API key, a token or the values of headers, depending on the authentication of the API
   */
  readonly signIn?: PlaygroundSignInOptions;

  /**
   * Domain name of the page, for example `images.example.com`. Requires `certificate`.
   *
   * Create an alias record for it that points to `distribution`.
   *
   * @default - the domain name of the distribution, `<id>.cloudfront.net`
   */
  readonly domain?: string;

  /**
   * Certificate of the domain name, in the Region us-east-1. Requires `domain`.
   *
   * @default - the certificate of `*.cloudfront.net`
   */
  readonly certificate?: acm.ICertificate;
}
