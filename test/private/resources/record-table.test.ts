import { Match } from 'aws-cdk-lib/assertions';
import { synth } from '../../helpers/stack';

describe('the record table', () => {
  it('has keys that must not change, expires records and is billed per request', () => {
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
