import { type awscdk, Component, javascript } from 'projen';

const PAGE = 'src/playground';

/**
 * Bundles the page of `ImagePlayground`, `src/playground`, to `assets/playground` before jsii compiles.
 *
 * The page is a program for browsers. It has a separate tsconfig, with the types of the DOM and without those of Node.js, and jsii does not
 * compile it. Its users load the bundle from the package, and need no build tool.
 */
export class PlaygroundPage extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    const tsconfig = pageTsconfig(project);
    const typecheck = project.addTask('playground:typecheck', {
      description: 'Type-check the page of ImagePlayground',
      execArgs: ['tsc', '--noEmit', '-p', tsconfig.fileName],
    });
    const bundle = project.addTask('playground:bundle', {
      description: 'Bundle the page of ImagePlayground into assets/playground/',
      exec: 'tsx projenrc/scripts/bundle-playground.ts',
    });
    for (const task of [typecheck, bundle]) project.preCompileTask.spawn(task);

    project.eslint?.allowDevDeps(`${PAGE}/**`);
    project.eslint?.addOverride({ files: [`${PAGE}/**/*.ts`, `${PAGE}/**/*.tsx`], parserOptions: { project: `./${tsconfig.fileName}` } } as javascript.EslintOverride);
  }
}

function pageTsconfig(project: awscdk.AwsCdkConstructLibrary): javascript.TypescriptConfig {
  const tsconfig = new javascript.TypescriptConfig(project, {
    fileName: `${PAGE}/tsconfig.json`,
    include: ['**/*.ts', '**/*.tsx'],
    exclude: ['node_modules'],
    compilerOptions: {
      noEmit: true,
      rootDir: '..',
      target: 'ES2023',
      lib: ['es2023', 'dom', 'dom.iterable'],
      types: [],
      module: 'ESNext',
      moduleResolution: javascript.TypeScriptModuleResolution.BUNDLER,
      jsx: javascript.TypeScriptJsxMode.REACT_JSX,
      jsxImportSource: 'preact',
      isolatedModules: true,
      stripInternal: true,
    },
  });
  tsconfig.addExtends(project.tsconfig!);
  return tsconfig;
}
