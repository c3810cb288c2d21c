// Skips the rest of a test file after its first failure, which is enough to detect a mutant. Otherwise each test of a file would time out if a
// mutant never returns. Stryker loads this file without compiling it, so it is JavaScript.
const { TestEnvironment } = require('jest-environment-node');

module.exports = class FailFastEnvironment extends TestEnvironment {
  hasFailed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_fn_failure' || name === 'hook_failure') this.hasFailed = true;
    if (name === 'test_start' && this.hasFailed) test.mode = 'skip';
  }
};
