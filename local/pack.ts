// Builds and packs what `npm run demo` and `npm run local` would, ahead of them. usage: tsx pack.ts js|python|java ...
import { INTERRUPTED, runCommand } from './command';
import { isLanguage, LANGUAGES, packedPackage } from './package-artifacts';
import { shown } from './paths';
import { RunProblem } from './problem';
import { Processes } from './processes';
import { Steps } from './steps';

void runCommand(async (signal) => {
  const processes = new Processes();
  signal.addEventListener('abort', processes.killAll);
  const steps = new Steps(process.stdout);
  for (const language of process.argv.slice(2)) {
    if (!isLanguage(language)) throw new RunProblem(`there is no package for ${language}`, `choose from ${LANGUAGES.join(', ')}`);
    const { file } = await packedPackage(language, processes, steps);
    steps.line(`    ${shown(file)}`);
  }
}, INTERRUPTED);
