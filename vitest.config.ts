import { defineConfig } from 'vitest/config'

/** `npm run soak` runs at length what `npm test` only samples: faults for hundreds of rounds, every cut, every mutant. */
const soak = process.env.SOAK !== undefined
const onlySoaked = ['test/e2e/heap.test.ts']
const soaked = [
  ...onlySoaked,
  'test/chaos/**/*.test.ts',
  'test/e2e/workflows.test.ts',
  'test/e2e/reconnect.test.ts',
  'agents/loop/role-agent.test.ts',
  'agents/providers/simulated/mutants.test.ts',
]

export default defineConfig({
  // graphql ships its modules twice. Node loads the CommonJS ones, and so must the tests: the two do not know each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: soak ? soaked : ['**/*.test.{ts,tsx}'],
    exclude: [
      ...['**/node_modules/**', '**/dist/**', 'examples/**', 'test/fixtures/**', 'evals/tasks/**', '.orrery/**'],
      ...(soak ? [] : onlySoaked),
    ],
    globalSetup: ['test/global-setup.ts'],
    reporters: ['default', './test/reporter.ts'],
    // A process per file: tests kill their own children, change directories and count open handles.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: soak ? 60 * 60_000 : 20_000,
    hookTimeout: 60_000,
    // Two cores for Postgres, Redis, browsers and all: what loses a race against the machine is tried again, and named by the reporter.
    retry: soak ? 0 : 1,
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
