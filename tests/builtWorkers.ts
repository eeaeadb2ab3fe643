import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { vi } from 'vitest'

// Threads of the host run from the build that buildWorkers made of this very source.
vi.mock(import('../host/workers/url.ts'), () => ({
  workerUrl: (name) => pathToFileURL(join(process.env.OPENCOACH_TEST_HOST ?? '', 'workers', `${name}.js`)),
}))
