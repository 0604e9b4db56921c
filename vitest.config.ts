import { defineConfig } from 'vitest/config'

const unit = ['protocol', 'lambdas', 'cdk', 'edge-connector', 'local', 'web', 'bench', 'soak'].map(
  (part) => `${part}/**/*.test.ts`,
)

/** Real processes for minutes: it runs alone. */
const SHORT_SOAK = 'soak/short-soak.test.ts'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: unit,
          exclude: ['**/node_modules/**', '**/dist/**', SHORT_SOAK],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts', SHORT_SOAK],
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
