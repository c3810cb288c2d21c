import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { type AuthStrategy } from './auth-strategy';
import { OwnerSource } from '../../api-auth-binding';

export const IAM: AuthStrategy = {
  bind: () => ({ owner: OwnerSource.iam(), methodOptions: { authorizationType: apigateway.AuthorizationType.IAM } }),
};
