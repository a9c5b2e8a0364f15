/** Unit tests lie beside the code and run from source; tests/ has those that cross processes. */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['aura-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // A hang is found; a slow machine is none.
  testTimeout: 60_000,
  testSequencer: '<rootDir>/tests/longest-first.mjs',
  setupFilesAfterEnv: ['<rootDir>/tests/retry-once.mjs'],
  testMatch: ['<rootDir>/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
};
