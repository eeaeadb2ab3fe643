import { existsSync } from 'node:fs'

/** Where a worker's file lies: from source beside this one; bundled, in `workers` beside the bundle or its chunks. */
export const workerUrl = (name: 'maintenance' | 'past' | 'reading' | 'search'): URL => {
  const here = import.meta.url
  if (here.endsWith('.ts')) return new URL(`./${name}.ts`, here)
  const beside = new URL(`./workers/${name}.js`, here)
  return existsSync(beside) ? beside : new URL(`../workers/${name}.js`, here)
}
