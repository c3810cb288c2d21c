// Measures the construct's functions beside functions for comparison, each in fresh processes. usage: npm run bench -- --help
import { parseBenchArguments } from './arguments';
import { runBench } from './bench';
import { describeFailure } from '../../local/cli/local-run-error';

async function main(): Promise<void> {
  try {
    const options = parseBenchArguments(process.argv.slice(2));
    process.exitCode = options && !await runBench(options) ? 1 : 0;
  } catch (error) {
    console.error(describeFailure(error));
    process.exitCode = 1;
  }
}

void main();
