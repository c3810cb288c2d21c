import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Loads the modules of Node.js with `process.getBuiltinModule`. An import statement reads all exports of a module: that of `node:http` then
 * loads the WebSocket client of Node.js 24, which takes more CPU time than the rest of a function's init. CommonJS packages load the modules
 * with `require`, which an ES module does not have. esbuild copies the own properties of a CommonJS module, which would load what their getters
 * load, for example worker threads with `node:util`. Inherited properties are not copied.
 */
export function builtInModules(): Plugin {
  return {
    name: 'built-in-modules',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[\w:/]+$/ }, ({ path: name }) => {
        const module = name.replace(/^node:/, '');
        return builtinModules.includes(module) ? { path: module, namespace: 'built-in' } : undefined;
      });
      onLoad({ filter: /.*/, namespace: 'built-in' }, ({ path: module }) => ({ contents: `module.exports = Object.create(process.getBuiltinModule('node:${module}'));` }));
    },
  };
}
