import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { type ApiClientOptions } from '../../api-auth-options';
import { type ConfiguredClient } from '../contract/configuration';
import { clientName, keyVersion, throwProblems } from '../validation/rules';
import { checkArguments, number, optionsOf, text } from '../validation/value-types';

const ID = 'Clients';
const OPTIONS = optionsOf({ keyVersion: number });

interface ClientKey {
  readonly client: string;
  readonly version: number;
  readonly key: apigateway.IApiKey;
}

/** The API clients with their API keys. Key values never leave API Gateway. */
export class ApiClients extends Construct {
  /** Returns the clients of an API, or undefined if its callers have no API keys. */
  public static of(api: Construct): ApiClients | undefined {
    const clients = api.node.tryFindChild(ID);
    return clients instanceof ApiClients ? clients : undefined;
  }

  /** Adds a client to an API, or throws if its callers have no API keys. */
  public static addTo(api: Construct, client: string, options: ApiClientOptions): apigateway.IApiKey {
    return ApiClients.require(api, 'addApiClient()', client, options).add(client, options.keyVersion);
  }

  /** Returns the key of a client of an API, or throws if there is none. */
  public static keyOf(api: Construct, client: string, options: ApiClientOptions): apigateway.IApiKey {
    return ApiClients.require(api, 'apiClientKey()', client, options).find(client, options.keyVersion);
  }

  private static require(api: Construct, method: string, client: string, options: ApiClientOptions): ApiClients {
    checkArguments(method, text('name', client), OPTIONS('', options));
    const clients = ApiClients.of(api);
    if (clients) return clients;
    throw new Error(`${method} on '${api.node.path}' requires ApiAuth.apiKey()`);
  }

  private readonly keys: ClientKey[] = [];

  constructor(scope: Construct, private readonly usagePlan: apigateway.IUsagePlan) {
    super(scope, ID);
    this.node.addValidation({ validate: () => this.validateNotEmpty() });
  }

  /** Adds a client, or another key version of a client. */
  public add(client: string, version = 1): apigateway.IApiKey {
    throwProblems('API client', `${this.node.path}/${client}`, [
      ...clientName("'name'", client), ...keyVersion('keyVersion', version), ...this.validateUnique(client, version),
    ]);
    const scope = this.node.tryFindChild(client) as Construct | undefined ?? new Construct(this, client);
    const description = `client ${client} of ${this.node.scope!.node.path}${version === 1 ? '' : `, key version ${version}`}`;
    const key = new apigateway.ApiKey(scope, `Key${version}`, { description });
    // usagePlan.addApiKey() derives logical ids from the order of keys unless a feature flag is set
    new apigateway.CfnUsagePlanKey(scope, `PlanKey${version}`, { keyId: key.keyId, keyType: 'API_KEY', usagePlanId: this.usagePlan.usagePlanId });
    this.keys.push({ client, version, key });
    return key;
  }

  public get configuration(): ConfiguredClient[] {
    const names = new Set(this.keys.map(({ client }) => client));
    return [...names].map((name) => ({ name, keyIds: this.keys.filter(({ client }) => client === name).map(({ key }) => key.keyId) }));
  }

  private find(client: string, version = 1): apigateway.IApiKey {
    const ofClient = this.keys.filter((key) => key.client === client);
    const found = ofClient.find((key) => key.version === version);
    if (found) return found.key;
    const given = ofClient.length > 0
      ? `'keyVersion' must be ${ofClient.map((key) => key.version).join(' or ')} for the client '${client}', got ${version}`
      : `'name' must be one of ${[...new Set(this.keys.map((key) => key.client))].join(', ') || 'the clients of the API, which has none'}, got '${client}'`;
    throw new Error(`apiClientKey() on '${this.node.scope!.node.path}': ${given}; add the key with addApiClient('${client}'${version === 1 ? '' : `, { keyVersion: ${version} }`})`);
  }

  private validateNotEmpty(): string[] {
    return this.keys.length > 0 ? [] : ["'auth.clients' must contain at least one client, for example ApiAuth.apiKey({ clients: ['web'] })"];
  }

  private validateUnique(client: string, version: number): string[] {
    if (!this.keys.some((key) => key.client === client && key.version === version)) return [];
    return [`client '${client}' already has key version ${version}; use another name, or add another key with { keyVersion: ${version + 1} }`];
  }
}
