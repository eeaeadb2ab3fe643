import { defineConfig } from 'vite'

/** The host as plain files for Node and Electron; only the native parts stay in node_modules. */
export default defineConfig({
  ssr: { noExternal: true, external: ['better-sqlite3', 'sqlite-vec'] },
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'dist/host',
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    rollupOptions: {
      input: {
        loopback: 'host/entries/loopback.ts',
        utility: 'host/entries/utility.ts',
        'workers/maintenance': 'host/workers/maintenance.ts',
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
})
