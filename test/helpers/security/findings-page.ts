import { ACCEPTED_FINDINGS, type AcceptedFinding } from '../../fixtures/accepted-findings';

const HEAD = `# Findings of security checks

The checks of this page run over the templates of three stacks, with each change of the repository: an API without options ("default"), [examples/hardened](https://github.com/cdkgenaiimageapi/cdk-genai-image-api/tree/main/examples/hardened) with every protection ("hardened"), and an \`ImagePlayground\` ("playground"). A finding that is not in this table fails the tests.

- [cdk-nag](https://github.com/cdklabs/cdk-nag) with the packs AwsSolutions, Serverless, HIPAA Security, NIST 800-53 rev 5 and PCI DSS 3.2.1
- [checkov](https://www.checkov.io/) (\`CKV_\`) and [cfn-lint](https://github.com/aws-cloudformation/cfn-lint) (\`W\`, \`E\`)

The construct acknowledges no findings. [Security](security.md#cdk-nag) has a block to acknowledge those of AwsSolutions. The table shows constructs by their path in the stack.

| Checks | Default | Hardened | Playground | Why it is accepted |
|---|---|---|---|---|
`;

/** Renders docs/security-findings.md. */
export function findingsPage(): string {
  return `${HEAD}${ACCEPTED_FINDINGS.map(row).join('\n')}\n`;
}

function row({ rules, inDefault, inHardened, inPlayground, reason }: AcceptedFinding): string {
  const columns = [rules.map(code).join('<br>'), constructs(inDefault), constructs(inHardened), constructs(inPlayground), capitalized(reason)];
  return `| ${columns.join(' | ')} |`;
}

function constructs(names: readonly string[] = []): string {
  return names.map(code).join('<br>');
}

function code(text: string): string {
  return `\`${text}\``;
}

function capitalized(text: string): string {
  // names of props and tools keep their first letter
  return /^[a-z]+[A-Z]/.test(text) ? text : text[0].toUpperCase() + text.slice(1);
}
