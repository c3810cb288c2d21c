import * as fs from 'node:fs';
import * as path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { Steps } from '../../local/cli/steps';
import { Processes } from '../../local/processes/processes';
import { AGREED, compareFindings } from '../helpers/security/accepted';
import { CHECKED_STACKS, checkedStack, namesByLogicalId } from '../helpers/security/checked-stacks';
import { type CheckedTemplate, type FindingsByFile, installTemplateChecks, runCfnLint, runCheckov } from '../helpers/security/template-checks';
import { temporaryFolder } from '../helpers/temporary-files';

const processes = new Processes();
afterAll(() => processes.stopAll());

const folder = temporaryFolder();
const OPEN_BUCKET = path.join(folder, 'open-bucket.json');
const file = (name: string) => path.join(folder, `${name}.json`);

/** Findings of cfn-lint and checkov by file. */
let lint: FindingsByFile;
let checkov: FindingsByFile;
beforeAll(async () => {
  const templates = CHECKED_STACKS.map((name): CheckedTemplate => {
    const stack = checkedStack(name);
    fs.writeFileSync(file(name), JSON.stringify(Template.fromStack(stack).toJSON(), null, 1));
    return { file: file(name), names: namesByLogicalId(stack) };
  });
  const grant = { Type: 'AWS::S3::Bucket', Properties: { AccessControl: 'PublicRead', Color: 'red' } };
  fs.writeFileSync(OPEN_BUCKET, JSON.stringify({ Resources: { Open: grant } }));
  const all = [...templates, { file: OPEN_BUCKET, names: new Map() }];
  const python = await installTemplateChecks(processes, Steps.toLines(console.log));
  lint = await runCfnLint(python, all, processes);
  checkov = await runCheckov(python, all, processes);
}, 600_000);

describe.each(CHECKED_STACKS)('the template of the %s stack', (name) => {
  it('has the accepted findings of cfn-lint and no others', () => {
    expect(compareFindings(lint.get(file(name))!, name, (rule) => /^[EWI]\d{4}$/.test(rule))).toEqual(AGREED);
  });

  it('has the accepted findings of checkov and no others', () => {
    expect(compareFindings(checkov.get(file(name))!, name, (rule) => rule.startsWith('CKV'))).toEqual(AGREED);
  });
});

describe('a public bucket with an unknown property', () => {
  it('is found by both tools', () => {
    expect(lint.get(OPEN_BUCKET)).toContainEqual({ rule: 'E3002', constructs: ['Open'] });
    expect(checkov.get(OPEN_BUCKET)).toContainEqual({ rule: 'CKV_AWS_20', constructs: ['Open'] });
  });
});
