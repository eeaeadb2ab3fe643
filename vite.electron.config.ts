import { build, defineConfig, type InlineConfig } from 'vite'

const part = (entry: string, file: string, format: 'es' | 'cjs') =>
  ({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: entry,
      target: 'node24',
      outDir: 'dist/electron',
      emptyOutDir: false,
      sourcemap: true,
      minify: false,
      rollupOptions: {
        external: ['electron'],
        output: { format, entryFileNames: file },
      },
    },
  }) satisfies InlineConfig

/** The shell: main process as an ES module, and the preload as the one CommonJS file its sandbox asks for. */
export default defineConfig({
  ...part('electron/main.ts', 'main.js', 'es'),
  plugins: [
    { name: 'preload', closeBundle: async () => void (await build(part('electron/preload.ts', 'preload.cjs', 'cjs'))) },
  ],
})
