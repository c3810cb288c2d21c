import { type Resource, type Template } from './template';

interface Dependent extends Resource {
  readonly DependsOn?: string | readonly string[];
}

/** Whether a resource is removed. */
export type IsRemoved = (resource: Resource) => boolean;

/** Returns a function that removes resources, and the dependencies on them. Other references to them would be errors. */
export function withoutResources(isRemoved: IsRemoved): (template: Template) => Template {
  return (template) => {
    const removed = new Set(Object.entries(template.Resources).filter(([, resource]) => isRemoved(resource)).map(([id]) => id));
    if (removed.size === 0) return template;
    const kept = Object.entries(template.Resources).filter(([id]) => !removed.has(id));
    return { ...template, Resources: Object.fromEntries(kept.map(([id, resource]) => [id, withoutDependencies(resource, removed)])) };
  };
}

function withoutDependencies(resource: Dependent, removed: ReadonlySet<string>): Resource {
  if (resource.DependsOn === undefined) return resource;
  return { ...resource, DependsOn: [resource.DependsOn].flat().filter((id) => !removed.has(id)) } as Resource;
}
