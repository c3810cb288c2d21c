import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * CommonJS packages load modules of Node.js with `require`, which an ES module does not have. With a banner that defines it, each chunk would
 * load `node:module` and have 85 bytes more.
 */
export function builtInModules(): Plugin {
  return {
    name: 'built-in-modules',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[\w:/]+$/ }, ({ path: name, kind }) => {
        const module = name.replace(/^node:/, '');
        return kind === 'require-call' && builtinModules.includes(module) ? { path: module, namespace: 'built-in' } : undefined;
      });
      onLoad({ filter: /.*/, namespace: 'built-in' }, ({ path: module }) => ({ contents: `module.exports = process.getBuiltinModule('node:${module}');` }));
    },
  };
}
