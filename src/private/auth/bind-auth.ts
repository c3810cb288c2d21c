import { type Construct } from 'constructs';
import { type ApiAuth } from '../../api-auth';
import { type ApiAuthBinding, type ApiAuthBindOptions, OwnerSource } from '../../api-auth-binding';
import { throwProblems } from '../validation/rules';
import { instanceOf, listOf, optionsOf, resource, text } from '../validation/value-types';

const METHOD = optionsOf({});
const BINDING = optionsOf({
  methodOptions: METHOD,
  bearerMethodOptions: METHOD,
  credentialHeaders: listOf(text, 'strings'),
  owner: instanceOf(OwnerSource, "for example OwnerSource.authorizer('principalId')"),
  usagePlan: resource('a usage plan', 'usagePlanId', "for example new apigateway.UsagePlan(this, 'Plan')"),
}, ['methodOptions', 'owner']);

/** Binds the authentication mode, which can be a subclass of the user, and throws if the binding is not complete. */
export function bindAuth(auth: ApiAuth, scope: Construct, options: ApiAuthBindOptions): ApiAuthBinding {
  const binding = auth.bind(scope, options);
  throwProblems('GenAiImageApi', scope.node.path, BINDING('auth.bind()', binding));
  return binding;
}
