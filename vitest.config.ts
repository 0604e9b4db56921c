import { defineConfig } from 'vitest/config'

const unit = ['protocol', 'lambdas', 'cdk', 'edge-connector', 'local', 'web', 'bench', 'soak'].map(
  (part) => `${part}/**/*.test.ts`,
)

/** Real processes for minutes: they run alone. */
const REAL_PROCESSES = ['soak/short-soak.test.ts', 'soak/rollover.test.ts']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: unit,
          exclude: ['**/node_modules/**', '**/dist/**', ...REAL_PROCESSES],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts', ...REAL_PROCESSES],
          globalSetup: 'e2e/global-setup.ts',
          // Browsers, encoders and whole processes share the machine: one file at a time keeps them honest.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
