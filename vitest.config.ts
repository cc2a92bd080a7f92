import { defineConfig } from 'vitest/config'

/** `npm run soak` runs the fault tests for hundreds of rounds instead of a few. */
const soak = process.env.SOAK !== undefined

export default defineConfig({
  // graphql ships its modules twice. Node loads the CommonJS ones, and so must the tests: the two do not know each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: soak ? ['test/chaos/**/*.test.ts'] : ['**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', 'examples/**', 'test/fixtures/**', 'evals/tasks/**', '.orrery/**'],
    globalSetup: ['test/global-setup.ts'],
    reporters: ['default', './test/reporter.ts'],
    // A process per file: tests kill their own children, change directories and count open handles.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: soak ? 60 * 60_000 : 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
    coverage: {
      provider: 'v8',
      include: ['domain/**/*.ts', 'db/**/*.ts', 'queues/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing.ts', 'db/migrations/**'],
      reporter: ['text-summary', 'html'],
      thresholds: { 'domain/**': { lines: 90 }, 'db/**': { lines: 90 }, 'queues/**': { lines: 90 } },
    },
  },
})
