import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Plugin, PluginBuild } from 'esbuild';
import { REPLACED_FILES, REPLACED_PACKAGES } from './replaced-modules';

/**
 * Leaves out the parts of the AWS SDK that a Lambda function does not use: credential providers, HTTP/2, event streams, the schemas of
 * other operations, the classes of errors and the package.json of each client. Protocols that only S3 uses are not loaded with other clients.
 */
export function sdkForLambda(): Plugin {
  return {
    name: 'sdk-for-lambda',
    setup(build) {
      replacePackages(build);
      replaceFiles(build);
      separateProtocols(build);
      build.onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]/ }, ({ path: file }) => (
        { contents: markSchemasAsPure(withoutErrorRegistrations(read(file))) }));
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

function anyOf(texts: readonly string[]): string {
  return `(${texts.map((text) => text.replace(/[.]/g, '\\.').replace(/\//g, '[\\\\/]')).join('|')})`;
}

function replacePackages({ onResolve, onLoad }: PluginBuild): void {
  onResolve({ filter: new RegExp(`^${anyOf(Object.keys(REPLACED_PACKAGES))}$`) }, ({ path: name, resolveDir }) => (
    { path: name, namespace: 'replaced', pluginData: resolveDir, sideEffects: false }));
  onLoad({ filter: /.*/, namespace: 'replaced' }, ({ path: name, pluginData }) => ({ contents: REPLACED_PACKAGES[name], resolveDir: pluginData as string }));
}

function replaceFiles({ onLoad }: PluginBuild): void {
  onLoad({ filter: new RegExp(`node_modules.*[\\\\/]${anyOf(Object.keys(REPLACED_FILES))}$`) }, ({ path: file }) => (
    { contents: Object.entries(REPLACED_FILES).find(([end]) => file.split(path.sep).join('/').endsWith(`/${end}`))![1] }));
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

/** Errors that stay registered: handlers test the class of the first, and the registration of the second corrects the older name that SQS returns. */
const REGISTERED_ERRORS = ['ConditionalCheckFailedException', 'QueueDoesNotExist'];

/**
 * Removes the registration of the errors of a service. The SDK throws the base exception of the service for an error that is not registered,
 * with the same name, message and metadata.
 */
export function withoutErrorRegistrations(code: string): string {
  return code.replace(/^n0_registry\.registerError\(\w+\$, (\w+)\);$/gm, (registration, error: string) => (REGISTERED_ERRORS.includes(error) ? registration : ''));
}

/** esbuild keeps an array with computed keys although nothing uses it. It removes a call that is marked as pure. */
export function markSchemasAsPure(code: string): string {
  return code.replace(/^((?:export )?(?:var|const) \w+\$? = )(\[[^;]*\]);$/gm, '$1/* @__PURE__ */ (() => $2)();');
}
