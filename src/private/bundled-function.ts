import * as path from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/**
 * The code of a handler, bundled when this package was built. The folder is two levels up from here both in the sources
 * and in the compiled package.
 */
export function bundledCode(handler: string): lambda.Code {
  return lambda.Code.fromAsset(path.join(__dirname, '..', '..', 'assets', handler));
}
