/**
 * Returns an object with the methods of `T`, each of which must return a promise. The first call of a method creates the object. With `create`
 * as a dynamic import, a function loads the SDK client of a service only if a request needs the service.
 */
export function lazy<T extends object>(create: () => Promise<T>): T {
  let created: Promise<T> | undefined;
  return new Proxy({}, {
    get: (_, name) => (
      // without `then`, because a promise that resolves to this object would call it
      name === 'then' ? undefined : async (...args: unknown[]) => callMethod(await (created ??= create()), name, args)),
  }) as T;
}

function callMethod(target: object, name: string | symbol, args: readonly unknown[]): unknown {
  return (target as Readonly<Record<string | symbol, (...values: readonly unknown[]) => unknown>>)[name](...args);
}
