import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { ConfiguredClient } from './contract/configuration';
import { clientName, throwProblems } from './validate';

/** The named clients of an API, each with its key; the key's value never leaves API Gateway. */
export class ApiClients extends Construct {
  private readonly clients: ConfiguredClient[] = [];

  constructor(scope: Construct, id: string, private readonly usagePlan: apigateway.IUsagePlan) {
    super(scope, id);
    this.node.addValidation({ validate: () => this.emptyProblems() });
  }

  public add(name: string): apigateway.IApiKey {
    throwProblems('API client', `${this.node.path}/${name}`, [...clientName('name', name), ...this.takenProblems(name)]);
    const client = new Construct(this, name);
    const key = new apigateway.ApiKey(client, 'Key1', { description: `client ${name} of ${this.node.scope!.node.path}` });
    // not usagePlan.addApiKey(): its logical ids depend on the order of keys unless a feature flag is set
    new apigateway.CfnUsagePlanKey(client, 'PlanKey1', { keyId: key.keyId, keyType: 'API_KEY', usagePlanId: this.usagePlan.usagePlanId });
    this.clients.push({ name, keyIds: [key.keyId] });
    return key;
  }

  public configuration(): ConfiguredClient[] {
    return [...this.clients];
  }

  private emptyProblems(): string[] {
    return this.clients.length > 0 ? [] : ["'auth.clients' must name at least one client, for example ApiAuth.apiKey({ clients: ['web'] })"];
  }

  private takenProblems(name: string): string[] {
    return this.clients.some((client) => client.name === name) ? [`there is a client '${name}' already; names must be unique`] : [];
  }
}
