import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // A busy machine can starve a browser; what fails twice is a fault, and what passed at the second try says so.
    retry: 1,
    include: ['tests/web/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    pool: 'forks',
  },
})
