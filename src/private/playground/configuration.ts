import { type Construct } from 'constructs';
import { type PlaygroundApi } from './playground-api';
import { configureSignIn } from './sign-in';
import { type PlaygroundSignInOptions } from '../../image-playground-props';
import { PLAYGROUND_PATHS, type PlaygroundAuth, type PlaygroundConfiguration } from '../contract/playground';

interface ConfigurationOptions {
  readonly api: PlaygroundApi;
  readonly signIn?: PlaygroundSignInOptions;
  readonly title?: string;
  /** URL of the page, with a trailing slash. */
  readonly url: string;
}

/** Returns `config.json`, and creates the app client that it contains. */
export function playgroundConfiguration(scope: Construct, { api, signIn, title = 'Image playground', url }: ConfigurationOptions): PlaygroundConfiguration {
  const { host, stagePath, imagesHost, isQueued, retentionDays } = api;
  return {
    name: title,
    api: PLAYGROUND_PATHS.api,
    apiUrl: `https://${host}${stagePath}`,
    images: PLAYGROUND_PATHS.images,
    imagesHost,
    uploads: PLAYGROUND_PATHS.uploads,
    queued: isQueued,
    retentionDays,
    auth: authConfiguration(scope, { api, signIn, url }),
  };
}

function authConfiguration(scope: Construct, { api: { credentials, region }, signIn, url }: ConfigurationOptions): PlaygroundAuth {
  if (credentials.type === 'headers') return credentials;
  if (credentials.type === 'userPool') return configureSignIn(scope, signIn!, { url, credentials, region });
  if (credentials.type === 'iam') throw new Error('a page has no AWS credentials');
  return { type: credentials.type };
}
