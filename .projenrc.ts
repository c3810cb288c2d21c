import { awscdk, javascript } from 'projen';
import { Boundaries } from './projenrc/boundaries';
import { DocsDiagram } from './projenrc/docs-diagram';
import { DocsFaults } from './projenrc/docs-faults';
import { DocsScreenshots } from './projenrc/docs-screenshots';
import { LambdaBundles } from './projenrc/lambda-bundles';
import { LocalRun } from './projenrc/local-run';
import { OpenApi } from './projenrc/open-api';
import { PlaygroundPage } from './projenrc/playground-page';
import { PublicApi } from './projenrc/public-api';
import { Rosetta } from './projenrc/rosetta';
import { TestParts } from './projenrc/test-parts';

/** The lower bound of the peer dependency and the version that the tests use. The minimum version that cdk-nag 3 supports. */
const CDK_FLOOR = '2.257.0';
const CONSTRUCTS_FLOOR = '10.5.1';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-genai-image-api',
  description: 'AWS CDK construct for an image-generation API on Amazon Bedrock, with API Gateway, Lambda, S3, DynamoDB and least-privilege IAM',
  author: 'The cdk-genai-image-api authors',
  authorAddress: 'cdk-genai-image-api@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdkgenaiimageapi/cdk-genai-image-api.git',
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk-genai-image-api authors',
  keywords: ['cdk', 'aws-cdk', 'awscdk', 'bedrock', 'generative-ai', 'image-generation'],
  stability: 'experimental',
  defaultReleaseBranch: 'main',
  majorVersion: 0,

  // Toolchain versions are pinned to a minor line. The default '*' of projen allows TypeScript 7, which ts-jest and typescript-eslint do not support.
  packageManager: javascript.NodePackageManager.NPM,
  projenVersion: '~0.103.25',
  projenrcTs: true,
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3',
  minNodeVersion: '20.16.0',
  workflowNodeVersion: '24',
  cdkVersion: CDK_FLOOR,
  constructsVersion: CONSTRUCTS_FLOOR,
  depsUpgradeOptions: { workflow: false },
  githubOptions: { mergify: false, pullRequestLint: false },
  pullRequestTemplate: false,
  buildWorkflowOptions: { mutableBuild: false },

  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } }, // the package contains no source maps
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    include: ['src/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts', 'local/**/*.ts', 'projenrc/**/*.ts', '.projenrc.ts'],
    // src/playground has a tsconfig with the types of the DOM; tests import its files that have none
    exclude: ['node_modules', 'examples/**/node_modules', 'examples/**/cdk.out', 'src/playground'],
    compilerOptions: {
      // as esbuild, which bundles the handlers: import() of a file without its extension
      module: 'preserve',
      moduleResolution: javascript.TypeScriptModuleResolution.BUNDLER,
      // The examples import the package by its published name.
      paths: { 'cdk-genai-image-api': ['./src'] },
    },
  },
  typecheckTests: true,
  // The handlers run in Lambda, the page in a browser. Both are bundled, so jsii does not compile them.
  excludeTypescript: ['src/handlers/**', 'src/playground/**'],
  sampleCode: false,

  jestOptions: {
    jestVersion: '^30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '<rootDir>/test/e2e/', '<rootDir>/test/packages/', '<rootDir>/test/cdk-latest/'],
      modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/\\.compat/', '<rootDir>/\\.local/', '<rootDir>/examples/node_modules/'],
      // Long enough for a busy machine.
      testTimeout: 60_000,
      // Coverage makes the tests use four times the CPU time; `npm run check:slow coverage` measures it.
      collectCoverage: false,
      collectCoverageFrom: ['src/**/*.ts', '!src/**/*.generated.*'],
      coverageReporters: ['text', 'json-summary'],
    },
  },
  // The projectService of typescript-eslint only finds files named tsconfig.json, so the project is named here.
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'examples', 'local', 'projenrc'], projectService: false, tsconfigPath: './tsconfig.dev.json' },

  release: true,
  bumpPackage: 'commit-and-tag-version@^12', // version 13 requires Node 22: `npm ci` on Node 20 prints a warning
  npmProvenance: true,
  npmTrustedPublishing: true,
  publishToPypi: { distName: 'cdk-genai-image-api', module: 'cdk_genai_image_api', trustedPublishing: true },
  publishToMaven: {
    javaPackage: 'io.github.cdkgenaiimageapi',
    mavenGroupId: 'io.github.cdkgenaiimageapi',
    mavenArtifactId: 'cdk-genai-image-api',
    mavenServerId: 'central-ossrh',
  },
  publishToGo: { moduleName: 'github.com/cdkgenaiimageapi/cdk-genai-image-api-go' },
  publishToNuget: { dotNetNamespace: 'CdkGenAiImageApi', packageId: 'CdkGenAiImageApi' },

  // LambdaBundles bundles the handlers. The projen components would also compile them with jsii.
  lambdaAutoDiscover: false,
  edgeLambdaAutoDiscover: false,
  singletonLambdaAutoDiscover: false,
  lambdaExtensionAutoDiscover: false,
  integrationTestAutoDiscover: false,

  devDeps: [
    '@aws-sdk/client-api-gateway@^3',
    '@aws-sdk/client-bedrock-runtime@^3',
    '@aws-sdk/client-cloudformation@^3',
    '@aws-sdk/client-cloudwatch-logs@^3',
    '@aws-sdk/client-dynamodb@^3',
    '@aws-sdk/client-eventbridge@^3',
    '@aws-sdk/client-s3@~3.1162.0', // the version that s3-presigned-post requires: another version would be bundled as well
    '@aws-sdk/client-sagemaker-runtime@^3',
    '@aws-sdk/client-sqs@^3',
    '@aws-sdk/client-ssm@^3',
    '@aws-sdk/client-sts@^3',
    '@aws-sdk/s3-presigned-post@^3',
    '@aws-sdk/s3-request-presigner@^3',
    '@aws-sdk/util-dynamodb@^3',
    '@smithy/core@^3',
    '@smithy/node-http-handler@^4',
    '@smithy/signature-v4@^5',
    '@smithy/types@^4',
    '@expo-google-fonts/inter@^0.4.2',
    '@fastify/busboy@^3',
    '@napi-rs/canvas@1.0.11',
    '@preact/signals@^2.11.4',
    '@preact/signals-core@^1.14.5',
    '@redocly/cli@2.77.0', // later versions require Node 22
    '@stryker-mutator/core@^9',
    '@stryker-mutator/jest-runner@^9',
    '@types/aws-lambda@^8',
    '@types/pngjs@^6',
    'ajv@^8',
    'aws-jwt-verify@^5',
    'axe-core@~4.14.1',
    'image-size@^2',
    'json-schema-to-ts@^3',
    'openapi-to-postmanv2@6.3.3',
    'cdk-nag@^3.0.2',
    'esbuild@~0.28.2',
    'fast-check@^4',
    'oauth4webapi@^3.8.8',
    'playwright-core@^1.65.1',
    'pngjs@^7',
    'preact@^11.2.0',
    'tsx@^4',
    'ulid@^3',
  ],
  gitignore: ['cdk.out', '.DS_Store', '__pycache__', '.venv', 'target/', '.compat/', '.local/', '/examples/node_modules/', '/*.png', '/*.jpg', '/*.webp'],
});

// projen adds '**/*.ts' to the dev tsconfig, which is correct only for a tsconfig inside test/.
project.tsconfigDev.removeInclude('**/*.ts');

// Version 1.13.0 has no package for some platforms in the registry: `npm install` writes a lockfile that `npm ci` rejects.
// The same applies to @napi-rs/canvas after 1.0.11, so its version is exact.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

new LambdaBundles(project, { target: 'node24' });
new PlaygroundPage(project);
new Rosetta(project);
new LocalRun(project);
new OpenApi(project);
new DocsDiagram(project);
new DocsFaults(project);
new DocsScreenshots(project);
new PublicApi(project);
new TestParts(project);
new Boundaries(project);

// The package contains the guides in docs, which error messages and API.md name, and the smoke test.
for (const path of ['/docs/images/', '/docs/reports/', '/docs/architecture.dot', '/examples/', '/local/', '/rosetta/', '/.ci/', '/.compat/', '/.local/', 'cdk.out', '.DS_Store', '/tsconfig.dev.json', '/projenrc/', '/CONTRIBUTING.md']) {
  project.addPackageIgnore(path);
}

project.package.setScript('smoke', 'node smoke/smoke.mjs');

// `projen build` runs the unit tests only. This part compares templates with cfn-lint and checkov, and installs the packed packages.
project.buildWorkflow?.addPostBuildSteps({ name: 'Test packages and templates', run: 'npm run test:packages' });

// Output of an earlier build would be packed, and resolved before the files that replace it.
project.preCompileTask.prependExec('rm -rf lib');

// tsc checks the types once before the tests, instead of each Jest worker.
project.jest!.config.transform = {
  '^.+\\.tsx?$': ['ts-jest', { tsconfig: 'tsconfig.dev.json', diagnostics: false, transpilation: true }],
};

project.compileTask.reset('jsii --fail-on-warnings');

// jsii supports Node 20 but prints an end-of-life warning for each command.
for (const task of project.tasks.all) {
  if (/^(compile|package:|rosetta)/.test(task.name)) task.env('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
}
// Without the .NET SDK, the build skips the .NET package.
project.tasks.tryFind('package:dotnet')?.addCondition('dotnet --version');

project.synth();
