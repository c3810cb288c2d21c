import * as path from 'node:path';
import { type Finding } from './accepted';
import { type Steps } from '../../../local/cli/steps';
import { installRequirements } from '../../../local/install/python-packages';
import { type Processes } from '../../../local/processes/processes';

const REQUIREMENTS = path.join(__dirname, 'requirements.txt');

/** Installs cfn-lint and checkov, and returns the Python executable that runs them. */
export function installTemplateChecks(processes: Processes, steps: Steps): Promise<string> {
  return installRequirements(REQUIREMENTS, {
    name: 'template-checks',
    title: 'cfn-lint and checkov (420 MB)',
    description: 'cfn-lint and checkov',
  }, processes, steps);
}

/** A template file, and the names of its constructs by logical id. */
export interface CheckedTemplate {
  readonly file: string;
  readonly names: ReadonlyMap<string, string>;
}

export type FindingsByFile = ReadonlyMap<string, Finding[]>;

interface LintMatch {
  readonly Filename: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: readonly (string | number)[] };
}

/** Runs cfn-lint, which is no module that Python can execute, over all templates in one process. Returns the findings by file. */
export async function runCfnLint(python: string, templates: readonly CheckedTemplate[], processes: Processes): Promise<FindingsByFile> {
  const output = await run(python, ['-c', 'import cfnlint.runner; cfnlint.runner.main()', '--format', 'json', ...templates.map(({ file }) => file)], processes);
  const matches = JSON.parse(output) as LintMatch[];
  return byFile(templates, ({ file, names }) => matches.filter(({ Filename }) => Filename === file)
    .map(({ Rule, Location }) => ({ rule: Rule.Id, constructs: [nameOf(names, String(Location.Path[1]))] })));
}

interface CheckovReport {
  readonly results: { readonly failed_checks: readonly { readonly check_id: string; readonly file_abs_path: string; readonly resource: string }[] };
}

/** Runs checkov over all templates in one process. Returns the findings by file. */
export async function runCheckov(python: string, templates: readonly CheckedTemplate[], processes: Processes): Promise<FindingsByFile> {
  const args = ['-m', 'checkov.main', '--framework', 'cloudformation', '--quiet', '--compact', '--output', 'json', '--file', ...templates.map(({ file }) => file)];
  const report = JSON.parse(await run(python, args, processes)) as CheckovReport;
  return byFile(templates, ({ file, names }) => report.results.failed_checks.filter(({ file_abs_path: found }) => found === file)
    .map(({ check_id: rule, resource }) => ({ rule, constructs: [nameOf(names, resource.split('.')[1])] })));
}

/** Both programs exit with an error if they have findings. */
async function run(python: string, args: readonly string[], processes: Processes): Promise<string> {
  // without BC_SKIP_MAPPING, checkov downloads links to guidelines
  const { output } = await processes.run(python, [...args], { env: { ...process.env, BC_SKIP_MAPPING: 'TRUE', LOG_LEVEL: 'CRITICAL' } });
  const start = output.search(/[[{]/);
  if (start < 0) throw new Error(`python ${args.slice(0, 2).join(' ')} printed no JSON:\n${output}`);
  return output.slice(start);
}

function nameOf(names: ReadonlyMap<string, string>, logicalId: string): string {
  return names.get(logicalId) ?? logicalId;
}

function byFile(templates: readonly CheckedTemplate[], findingsOf: (template: CheckedTemplate) => Finding[]): FindingsByFile {
  return new Map(templates.map((template) => [template.file, findingsOf(template)]));
}
