import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { AGREED, compareFindings, type Finding } from './helpers/security/accepted';
import { CHECKED_STACKS, checkedStack, constructName } from './helpers/security/checked-stacks';

const PACKS = {
  'AwsSolutions': new AwsSolutionsChecks(),
  'Serverless': new ServerlessChecks(),
  'HIPAA.Security': new HIPAASecurityChecks(),
  'NIST.800.53.R5': new NIST80053R5Checks(),
  'PCI.DSS.321': new PCIDSS321Checks(),
};

describe.each(CHECKED_STACKS)('the %s stack', (name) => {
  const stack = checkedStack(name);

  it.each(Object.entries(PACKS))('has the accepted findings of the pack %s of cdk-nag and no others', (prefix, pack) => {
    const findings = pack.validateScope(stack).violations.map(({ ruleName, violatingResources }): Finding => ({
      rule: ruleName, constructs: violatingResources.map(({ constructPath }) => constructName(constructPath ?? '')),
    }));
    expect(findings.length).toBeGreaterThan(0);
    expect(compareFindings(findings, name, (rule) => rule.startsWith(`${prefix}-`))).toEqual(AGREED);
  });
});

describe('compareFindings', () => {
  const isNag = (rule: string) => rule === 'AwsSolutions-APIG6' || rule === 'AwsSolutions-X1';

  it('reports a finding that is not accepted, and an accepted one that no longer occurs', () => {
    expect(compareFindings([{ rule: 'AwsSolutions-X1', constructs: ['Images/Bucket'] }], 'default', isNag)).toEqual({
      notAccepted: ['AwsSolutions-X1: Images/Bucket'], noLongerFound: ['AwsSolutions-APIG6: Images/Api/DeploymentStage.prod'],
    });
  });

  it('reports an accepted rule at another construct', () => {
    const findings = [{ rule: 'AwsSolutions-APIG6', constructs: ['Images/Api/DeploymentStage.prod', 'Other/Stage'] }];
    expect(compareFindings(findings, 'default', isNag).notAccepted).toEqual(['AwsSolutions-APIG6: Other/Stage']);
  });
});
