type Attribute = { readonly S?: string };
export type Item = Readonly<Record<string, Attribute>>;

export interface TableRequest {
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ExpressionAttributeValues?: Item;
  readonly Limit?: number;
}

/**
 * The fake of Amazon DynamoDB: items by `pk` and `sk`, without conditions. After `freeze`, no item changes, so that every request finds the
 * same items.
 */
export class FakeTable {
  public lastItem: Item | undefined;
  private readonly items = new Map<string, Item>();
  private isFrozen = false;

  public freeze(): void {
    this.isFrozen = true;
  }

  public respond(operation: string, request: TableRequest): object {
    switch (operation) {
      case 'PutItem':
        this.lastItem = request.Item;
        if (!this.isFrozen) this.items.set(keyOf(request.Item!), request.Item!);
        return {};
      case 'GetItem': {
        const item = this.items.get(keyOf(request.Key!));
        return item ? { Item: item } : {};
      }
      case 'DeleteItem':
        if (!this.isFrozen) this.items.delete(keyOf(request.Key!));
        return {};
      case 'Query':
        return this.query(request);
      default:
        throw new Error(`DynamoDB: ${operation} is not implemented`);
    }
  }

  /** `pk = :owner AND begins_with(sk, :images)`, latest first. */
  private query({ ExpressionAttributeValues: { ':owner': owner, ':images': prefix } = {}, Limit = 100 }: TableRequest): object {
    const found = [...this.items.values()].filter(({ pk, sk }) => pk.S === owner.S && sk.S?.startsWith(prefix.S ?? ''));
    found.sort((a, b) => (String(a.sk.S) < String(b.sk.S) ? 1 : -1));
    const Items = found.slice(0, Limit);
    return { Items, Count: Items.length, ScannedCount: Items.length };
  }
}

function keyOf({ pk, sk }: Item): string {
  return JSON.stringify([pk.S, sk.S]);
}
