import { Match } from 'aws-cdk-lib/assertions';
import { synth } from '../../helpers/stack';

describe('table', () => {
  it('has the keys that must never change, expires records and is paid by request', () => {
    synth().hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'sk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      GlobalSecondaryIndexes: Match.absent(),
      PointInTimeRecoverySpecification: Match.absent(),
    });
  });
});
