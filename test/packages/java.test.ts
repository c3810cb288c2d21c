import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ROOT, synthesize, typesOf } from './tarball';

/** Maven keeps a released version for good; the version of a checkout never changes, so its copy must go. */
function forgetInstalled(): void {
  fs.rmSync(path.join(os.homedir(), '.m2', 'repository', 'io', 'github', 'cdkgenaiimageapi'), { recursive: true, force: true });
}

describe('examples/java', () => {
  it('synthesizes from the packed archive', () => {
    forgetInstalled();
    const stack = synthesize(path.join(ROOT, 'examples', 'java'), 'JavaImages');
    forgetInstalled();

    expect(typesOf(stack).filter((type) => type === 'AWS::ApiGateway::ApiKey')).toHaveLength(2);
    expect(stack.outputs).toHaveProperty('ImagesUrl');
  });
});
