import { type Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { asList, HOME, imageApi, ofType, roleStatements, synth, testStack, textOf } from '../../helpers/stack';

/** Returns the resources of each statement by its actions, without the hashes of logical ids. */
const grants = (template: Template) => Object.fromEntries(roleStatements(template).map(({ Action, Resource }) =>
  [asList(Action).sort().join(' '), textOf(Resource).replace(/[0-9A-F]{8}(?=[.>])/g, '')]));

const ALWAYS = {
  'logs:CreateLogStream logs:PutLogEvents': '<ImagesHandlerLogs.Arn>',
  'bedrock:InvokeModel': 'arn:<AWS::Partition>:bedrock:us-west-2::foundation-model/stability.stable-image-core-v1:1',
  's3:DeleteObject s3:GetObject s3:PutObject': '<ImagesBucket.Arn>/images/*',
  'dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query': '<ImagesTable.Arn>',
};

describe('the role of the handler', () => {
  const template = synth();

  it('has exactly these permissions by default', () => {
    expect(grants(template)).toEqual(ALWAYS);
    expect(new Set(roleStatements(template).map(({ Effect }) => Effect))).toEqual(new Set(['Allow']));
  });

  it('has no wildcard as an action or resource', () => {
    for (const { Action, Resource } of roleStatements(template)) {
      expect(asList(Action).filter((action) => action.includes('*'))).toEqual([]);
      expect(asList(Resource)).not.toContain('*');
    }
  });

  it('has one policy and no managed or inline policies, and only Lambda can assume it', () => {
    const roles = ofType(template, 'AWS::IAM::Role');
    expect(roles).toHaveLength(1);
    expect(roles[0].Properties).not.toHaveProperty('ManagedPolicyArns');
    expect(roles[0].Properties).not.toHaveProperty('Policies');
    expect(roles[0].Properties.AssumeRolePolicyDocument).toMatchObject({ Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] });
    template.resourceCountIs('AWS::IAM::Policy', 1);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });

  it('has its permissions before the function is created', () => {
    const [handler] = ofType(template, 'AWS::Lambda::Function') as unknown as { DependsOn: string[] }[];
    expect(handler.DependsOn).toContainEqual(expect.stringContaining('HandlerPolicy'));
  });
});

describe('encryptionKey', () => {
  it('can be used for objects and records, with actions without wildcards', () => {
    const stack = testStack(HOME);
    const key = new kms.Key(stack, 'Key');
    expect(grants(synth({ encryptionKey: key }, stack))).toEqual({
      ...ALWAYS,
      'kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey kms:ReEncryptFrom kms:ReEncryptTo': '<Key.Arn>',
    });
  });
});

describe('compute.tracing', () => {
  it('adds the only statement with the resource *', () => {
    const wide = roleStatements(synth({ compute: { tracing: lambda.Tracing.ACTIVE } })).filter(({ Resource }) => Resource === '*');
    expect(wide.map(({ Action }) => Action)).toEqual([['xray:PutTraceSegments', 'xray:PutTelemetryRecords']]);
  });
});

describe('compute.role', () => {
  it('gets the permissions that a created role would get', () => {
    const stack = testStack(HOME);
    const role = new iam.Role(stack, 'Existing', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const template = synth({ compute: { role } }, stack);
    template.resourceCountIs('AWS::IAM::Role', 1);
    expect(grants(template)).toEqual(ALWAYS);
    template.hasResourceProperties('AWS::IAM::Policy', { Roles: [stack.resolve(role.roleName)] });
  });

  it('can be imported', () => {
    const stack = testStack(HOME);
    const role = iam.Role.fromRoleArn(stack, 'Existing', 'arn:aws:iam::111122223333:role/existing');
    const template = synth({ compute: { role } }, stack);
    template.hasResourceProperties('AWS::IAM::Policy', { Roles: ['existing'] });
    template.hasResourceProperties('AWS::Lambda::Function', { Role: 'arn:aws:iam::111122223333:role/existing' });
  });
});

describe('compute.permissionsBoundary', () => {
  it('applies to the created role', () => {
    const stack = testStack(HOME);
    const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', 'arn:aws:iam::111122223333:policy/boundary');
    synth({ compute: { permissionsBoundary } }, stack)
      .hasResourceProperties('AWS::IAM::Role', { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary' });
  });

  it('fails together with compute.role', () => {
    const stack = testStack(HOME);
    const role = iam.Role.fromRoleArn(stack, 'Existing', 'arn:aws:iam::111122223333:role/existing');
    const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', 'arn:aws:iam::111122223333:policy/boundary');
    expect(() => imageApi({ compute: { role, permissionsBoundary } }, stack)).toThrow("'compute.permissionsBoundary' applies to a created role, but 'compute.role' is set; set the boundary on that role");
  });
});
