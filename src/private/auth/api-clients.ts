import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { ConfiguredClient } from '../contract/configuration';
import { clientKey, throwProblems } from '../validation/rules';

/** The named clients of an API, each with its keys; the values of keys never leave API Gateway. */
export class ApiClients extends Construct {
  private readonly keys: { readonly name: string; readonly client: string; readonly keyId: string }[] = [];

  constructor(scope: Construct, id: string, private readonly usagePlan: apigateway.IUsagePlan) {
    super(scope, id);
    this.node.addValidation({ validate: () => this.emptyProblems() });
  }

  /** `web`, or another key of the same client: `web#2`. */
  public add(name: string): apigateway.IApiKey {
    throwProblems('API client', `${this.node.path}/${name}`, [...clientKey('name', name), ...this.takenProblems(name)]);
    const [client, number = '1'] = name.split('#');
    const scope = this.node.tryFindChild(client) as Construct | undefined ?? new Construct(this, client);
    const key = new apigateway.ApiKey(scope, `Key${number}`, { description: `client ${name} of ${this.node.scope!.node.path}` });
    // not usagePlan.addApiKey(): its logical ids depend on the order of keys unless a feature flag is set
    new apigateway.CfnUsagePlanKey(scope, `PlanKey${number}`, { keyId: key.keyId, keyType: 'API_KEY', usagePlanId: this.usagePlan.usagePlanId });
    this.keys.push({ name, client, keyId: key.keyId });
    return key;
  }

  public configuration(): ConfiguredClient[] {
    const names = new Set(this.keys.map(({ client }) => client));
    return [...names].map((name) => ({ name, keyIds: this.keys.filter(({ client }) => client === name).map(({ keyId }) => keyId) }));
  }

  private emptyProblems(): string[] {
    return this.keys.length > 0 ? [] : ["'auth.clients' must name at least one client, for example ApiAuth.apiKey({ clients: ['web'] })"];
  }

  private takenProblems(name: string): string[] {
    if (!this.keys.some((key) => key.name === name)) return [];
    return [`there is a client '${name}' already; names must be unique, and another key of the same client is called '${name.split('#')[0]}#2'`];
  }
}
