import { type awscdk, Component, javascript } from 'projen';

export interface LambdaBundlesOptions {
  /** The esbuild target, which matches the Lambda runtime. */
  readonly target: string;
}

/**
 * Bundles each `src/handlers/functions/<name>/index.ts` to `assets/<name>/index.mjs` before jsii compiles.
 *
 * The package contains the bundles, so its users need neither esbuild nor Docker. The handlers have a separate
 * tsconfig, because jsii does not compile them.
 */
export class LambdaBundles extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary, options: LambdaBundlesOptions) {
    super(project);
    const handlers = 'src/handlers';

    const tsconfig = handlersTsconfig(project, handlers);
    const validators = project.addTask('validators', {
      description: 'Compile the JSON Schemas of the contract to validator functions',
      exec: 'tsx projenrc/scripts/compile-validators.ts',
    });
    const typecheck = project.addTask('handlers:typecheck', {
      description: 'Type-check the Lambda handlers',
      execArgs: ['tsc', '--noEmit', '-p', tsconfig.fileName],
    });
    const bundle = project.addTask('bundle', {
      description: 'Bundle the Lambda handlers into assets/',
      execArgs: ['tsx', 'projenrc/scripts/bundle.ts', handlers, 'assets', options.target],
    });
    for (const task of [validators, typecheck, bundle]) project.preCompileTask.spawn(task);

    project.addGitIgnore('/assets/');
    project.addGitIgnore(`/${handlers}/requests/validators/`);
    project.npmignore?.include('/assets/');
    project.eslint?.allowDevDeps(`${handlers}/**`);
    project.eslint?.addIgnorePattern('*.generated.*');
  }
}

function handlersTsconfig(project: awscdk.AwsCdkConstructLibrary, folder: string): javascript.TypescriptConfig {
  const tsconfig = new javascript.TypescriptConfig(project, {
    fileName: `${folder}/tsconfig.json`,
    include: ['**/*.ts'],
    exclude: ['node_modules'],
    compilerOptions: {
      noEmit: true,
      rootDir: '..',
      target: 'ES2023',
      lib: ['es2023'],
      types: ['node'],
      module: 'ESNext',
      moduleResolution: javascript.TypeScriptModuleResolution.BUNDLER,
      isolatedModules: true,
      stripInternal: true,
    },
  });
  tsconfig.addExtends(project.tsconfig!);
  return tsconfig;
}
