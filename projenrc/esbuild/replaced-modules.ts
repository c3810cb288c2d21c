/** Lambda passes the credentials of the role in environment variables, where the default chain of providers looks first. */
const CREDENTIALS = "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';";
/** Handlers sign with the credentials of the role and never use bearer tokens. */
const NO_TOKENS = `
  const unavailable = () => async () => { throw new Error('tokens are not supported'); };
  export { unavailable as fromEnvSigningName, unavailable as nodeProvider };`;
const NO_PLUGIN = 'const nothing = () => ({ applyToStack: () => {} });';
/** No handler calls an operation with an event stream. Clients of services that have such operations configure them. */
const NO_EVENT_STREAMS = `
  const unavailable = () => { throw new Error('event streams are not supported'); };
  const unchanged = (config) => config;
  export { unavailable as eventStreamPayloadHandlerProvider, unavailable as eventStreamSerdeProvider };
  ${NO_PLUGIN}
  export { nothing as getEventStreamPlugin, nothing as getWebSocketPlugin };
  export { unchanged as resolveEventStreamConfig, unchanged as resolveEventStreamSerdeConfig, unchanged as resolveWebSocketConfig };
  export class EventStreamSerde { constructor() { unavailable(); } }`;
/** DynamoDB has one endpoint for each region. No operation that handlers call discovers endpoints. */
const NO_ENDPOINT_DISCOVERY = `
  export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = { environmentVariableSelector: () => false };
  export const resolveEndpointDiscoveryConfig = (config) => config;`;
/** Signature Version 4A is for requests to several regions, for example with a Multi-Region Access Point instead of a bucket. */
const SINGLE_REGION_SIGNATURE = `
  import { SignatureV4 } from '@smithy/signature-v4';
  export class SignatureV4MultiRegion extends SignatureV4 {
    static sigv4aDependency() { return 'none'; }
  }`;

/** Packages that Lambda functions do not need, with the code that is bundled instead. */
export const REPLACED_PACKAGES: Readonly<Record<string, string>> = {
  '@aws-sdk/credential-provider-node': CREDENTIALS,
  '@aws-sdk/token-providers': NO_TOKENS,
  '@aws-sdk/middleware-endpoint-discovery': NO_ENDPOINT_DISCOVERY,
  '@aws-sdk/signature-v4-multi-region': SINGLE_REGION_SIGNATURE,
  '@aws-sdk/eventstream-handler-node': NO_EVENT_STREAMS,
  '@aws-sdk/middleware-eventstream': NO_EVENT_STREAMS,
  '@aws-sdk/middleware-websocket': NO_EVENT_STREAMS,
  '@smithy/core/event-streams': NO_EVENT_STREAMS,
  // the user agent of a browser
  'bowser': 'export default {};',
  // only the parser of multipart bodies
  '@fastify/busboy': "export { default as Dicer } from '@fastify/busboy/deps/dicer/lib/Dicer.js';",
  // only the functions for files in memory
  'pngjs': "import sync from 'pngjs/lib/png-sync.js'; export const PNG = { sync };",
};

/** Handlers read files in memory and streams of Node.js. The files for web streams are the implementations for browsers. */
const NO_WEB_STREAMS = `
  const unavailable = () => { throw new Error('web streams are not supported'); };`;
const webStreams = (...names: readonly string[]) => `${NO_WEB_STREAMS} export { ${names.map((name) => `unavailable as ${name}`).join(', ')} };`;

/** Files of the AWS SDK that Lambda functions do not need, by the end of their path, with the code that is bundled instead. */
export const REPLACED_FILES: Readonly<Record<string, string>> = {
  // Node.js has these hash functions
  'checksum/md5/Md5Js.js': 'export const Md5Js = undefined;',
  'checksum/crc32/Crc32Js.js': 'export const Crc32Js = undefined;',
  'checksum/sha256/Sha256Js.js': 'export const Sha256Js = undefined;',
  'sha/sha1/Sha1Js.js': 'export const Sha1Js = undefined;',
  'util-stream/sdk-stream-mixin.browser.js': webStreams('sdkStreamMixin'),
  'util-stream/getAwsChunkedEncodingStream.browser.js': webStreams('getAwsChunkedEncodingStream'),
  'util-stream/checksum/createChecksumStream.browser.js': webStreams('createChecksumStream'),
  'util-stream/createBufferedReadable.js': webStreams('createBufferedReadable'),
  // the bucket is a general purpose bucket: the role cannot create sessions of directory buckets (S3 Express)
  'middleware-s3-express/classes/S3ExpressIdentityProviderImpl.js': 'export class S3ExpressIdentityProviderImpl {}',
  'middleware-s3-express/classes/SignatureV4S3Express.js': 'export class SignatureV4S3Express {}',
  'client-s3/dist-es/commands/CreateSessionCommand.js': 'export class CreateSessionCommand {}',
  // a function has no configuration files and no instance metadata service
  'node-config-provider/fromSharedConfigFiles.js': `
    import { CredentialsProviderError } from '../property-provider/CredentialsProviderError';
    export const fromSharedConfigFiles = () => async () => { throw new CredentialsProviderError('no configuration files'); };`,
  'regionConfig/getInstanceMetadataRegion.js': 'export const getInstanceMetadataRegion = async () => undefined;',
  // the functions of Node.js for browsers load code of node:crypto and of web streams that nothing else needs
  'serde/uuid/v4.js': "import { randomUUID } from 'node:crypto'; export const bindV4 = () => () => randomUUID();",
  'util-stream/stream-type-check.js': 'export const isReadableStream = () => false; export const isBlob = () => false;',
  'isStreamingPayload/isStreamingPayload.js': `
    import { Readable } from 'node:stream';
    export const isStreamingPayload = ({ body }) => body instanceof Readable;`,
  // every client gets a NodeHttpHandler
  'node-http-handler/dist-es/node-http2-handler.js': "export { NodeHttpHandler as NodeHttp2Handler } from './node-http-handler';",
};
