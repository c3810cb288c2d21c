// Jest configuration for Stryker: runs the tests of one area of projenrc/scripts/mutation-areas.ts in one file. `npm run check:slow` sets
// MUTATION_TESTS and MUTATION_SOURCES.
module.exports = {
  rootDir: '..',
  roots: ['<rootDir>/src', '<rootDir>/test/handlers', '<rootDir>/test/helpers', '<rootDir>/test/fixtures', '<rootDir>/local'],
  testEnvironment: './test/helpers/fail-fast-environment.cjs',
  setupFilesAfterEnv: ['./test/helpers/load-mutated-modules.ts'],
  clearMocks: true,
  moduleNameMapper: { '/openapi-checker$': '<rootDir>/test/helpers/no-openapi-checker.ts' },
  testTimeout: 3000,
  testMatch: ['<rootDir>/test/helpers/mutation-area.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json', diagnostics: false, transpilation: true }] },
};
