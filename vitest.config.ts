import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/{unit,host,electron}/**/*.test.ts'],
    setupFiles: ['tests/networkGuard.ts'],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    maxWorkers: 2,
    pool: 'forks',
  },
})
