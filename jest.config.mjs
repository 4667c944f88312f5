export default {
  testEnvironment: 'node',
  // Jest leaves a core to whoever waits, which of two is half.
  maxWorkers: '100%',
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/jest-strip-types.mjs' },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  collectCoverageFrom: ['src/**/*.ts', 'stand-in/**/*.ts'],
  coverageProvider: 'v8',
  // Only what hangs is to fail by it: shared machines, and some that CI gets, are many times slower than others.
  testTimeout: 60_000
}
