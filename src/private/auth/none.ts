import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { type AuthStrategy } from './auth-strategy';
import { OwnerSource } from '../../api-auth-binding';
import { warnUnauthenticated } from '../validation/annotations/auth-annotations';

export const NONE: AuthStrategy = {
  bind(scope) {
    warnUnauthenticated(scope);
    return { owner: OwnerSource.none(), methodOptions: { authorizationType: apigateway.AuthorizationType.NONE } };
  },
};
