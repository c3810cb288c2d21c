import { type JsonObject } from '../json-object';

/** Returns a reference to a schema of the document. */
export function ref(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

const NAME = /^#\/components\/(schemas|responses)\/(.+)$/;

export interface Components {
  readonly schemas?: JsonObject;
  readonly responses?: JsonObject;
}

/** Returns the components that a value references, directly or through other components. */
export function referencedComponents(value: unknown, components: Components): Components {
  const found: { schemas?: Record<string, unknown>; responses?: Record<string, unknown> } = {};
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, inner] of Object.entries(part)) {
      const [, kind, name] = (key === '$ref' && NAME.exec(String(inner))) || [];
      if (kind !== 'schemas' && kind !== 'responses') {visit(inner);} else if (!found[kind]?.[name]) {
        const component = components[kind]?.[name];
        (found[kind] ??= {})[name] = component;
        visit(component);
      }
    }
  };
  visit(value);
  return found;
}
