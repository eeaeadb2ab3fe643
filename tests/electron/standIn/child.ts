import { registerHooks } from 'node:module'
import vm from 'node:vm'
import { z } from 'zod'

// Preloaded into the process that plays Electron's main process: `electron` becomes the in-memory module.
const fake = new URL('../../fakes/electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: fake, shortCircuit: true } : next(specifier, context),
})

const request = z.object({ id: z.number(), source: z.string(), argument: z.unknown().optional() })

process.on('message', async (raw) => {
  const { id, source, argument } = request.parse(raw)
  try {
    const act: (electron: object, argument: unknown) => unknown = vm.runInThisContext(`(${source})`)
    process.send?.({ id, value: await act(await import(fake), argument) })
  } catch (error) {
    process.send?.({ id, error: String(error) })
  }
})
// The parent going away must not leave this process behind.
process.on('disconnect', () => process.exit(1))
