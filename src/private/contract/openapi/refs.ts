import { Json } from './types';

/** A named schema of the document; those that are named nowhere are left out. */
export function ref(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

const NAME = /^#\/components\/(schemas|responses)\/(.+)$/;

export interface Components {
  readonly schemas?: Json;
  readonly responses?: Json;
}

/** The components that `value` refers to, and those that they refer to in turn. */
export function referredIn(value: unknown, components: Components): Components {
  const found: { schemas?: Record<string, unknown>; responses?: Record<string, unknown> } = {};
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, inner] of Object.entries(part)) {
      const [, kind, name] = (key === '$ref' && NAME.exec(String(inner))) || [];
      if (kind !== 'schemas' && kind !== 'responses') {look(inner);} else if (!found[kind]?.[name]) {
        const component = components[kind]?.[name];
        (found[kind] ??= {})[name] = component;
        look(component);
      }
    }
  };
  look(value);
  return found;
}
