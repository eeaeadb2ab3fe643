import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/{unit,host,electron}/**/*.test.ts'],
    globalSetup: ['tests/fixtures/buildWorkers.ts'],
    setupFiles: ['tests/networkGuard.ts', 'tests/builtWorkers.ts'],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    maxWorkers: 2,
    pool: 'forks',
    // Baseline code of V8 makes Node 24 crash in garbage collection now and then: nodejs/node#62393.
    execArgv: ['--no-sparkplug'],
  },
})
