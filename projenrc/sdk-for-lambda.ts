import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Plugin, PluginBuild } from 'esbuild';

/** Lambda passes the credentials of the role in environment variables, where the default chain of providers looks first. */
const CREDENTIALS = "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';";
/** Handlers sign with the credentials of the role and never use bearer tokens. */
const NO_TOKENS = `
  const unavailable = () => async () => { throw new Error('tokens are not supported'); };
  export { unavailable as fromEnvSigningName, unavailable as nodeProvider };`;

const REPLACED: Readonly<Record<string, string>> = {
  '@aws-sdk/credential-provider-node': CREDENTIALS,
  '@aws-sdk/token-providers': NO_TOKENS,
  // the user agent of a browser
  'bowser': 'export default {};',
};

/**
 * Leaves out the parts of the AWS SDK that a Lambda function does not use: credential providers, HTTP/2, the schemas of other operations and
 * the package.json of each client. Protocols that only S3 uses are not loaded with other clients.
 */
export function sdkForLambda(): Plugin {
  return {
    name: 'sdk-for-lambda',
    setup(build) {
      replacePackages(build);
      separateProtocols(build);
      build.onLoad({ filter: /@smithy[\\/]node-http-handler[\\/]dist-es[\\/]index\.js$/ }, ({ path: file }) => (
        // every client gets a NodeHttpHandler
        { contents: read(file).replace('{ NodeHttp2Handler } from "./node-http2-handler"', '{ NodeHttpHandler as NodeHttp2Handler } from "./node-http-handler"') }));
      build.onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]/ }, ({ path: file }) => ({ contents: markSchemasAsPure(read(file)) }));
      build.onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, ({ path: file }) => {
        const { version } = JSON.parse(read(file)) as { version: string };
        return { contents: JSON.stringify({ version }), loader: 'json' };
      });
    },
  };
}

function read(file: string): string {
  return fs.readFileSync(file, 'utf8');
}

function replacePackages({ onResolve, onLoad }: PluginBuild): void {
  onResolve({ filter: new RegExp(`^(${Object.keys(REPLACED).join('|')})$`) }, ({ path: name, resolveDir }) => ({ path: name, namespace: 'replaced', pluginData: resolveDir }));
  onLoad({ filter: /.*/, namespace: 'replaced' }, ({ path: name, pluginData }) => ({ contents: REPLACED[name], resolveDir: pluginData as string }));
}

/** With one module that exports all protocols, esbuild puts all of them into the chunk that every client loads. */
function separateProtocols({ onResolve, onLoad, resolve }: PluginBuild): void {
  onResolve({ filter: /^@aws-sdk\/core\/protocols$/ }, async ({ path: name, importer, resolveDir, kind, pluginData }) => {
    if (pluginData === 'resolved' || /[\\/](client-s3|middleware-sdk-s3)[\\/]/.test(importer)) return undefined;
    return { ...await resolve(name, { resolveDir, importer, kind, pluginData: 'resolved' }), namespace: 'json-protocols' };
  });
  onLoad({ filter: /.*/, namespace: 'json-protocols' }, ({ path: file }) => (
    { contents: read(file).replace(/^export .* from "\.\/(xml|query|cbor)\/.*;$/gm, ''), resolveDir: path.dirname(file) }));
}

/** esbuild keeps an array with computed keys although nothing uses it. It removes a call that is marked as pure. */
export function markSchemasAsPure(code: string): string {
  return code.replace(/^((?:export )?(?:var|const) \w+\$? = )(\[[^;]*\]);$/gm, '$1/* @__PURE__ */ (() => $2)();');
}
