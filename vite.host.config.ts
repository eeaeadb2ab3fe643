import { defineConfig } from 'vite'

/** The host as plain files for Node and Electron; what has native parts, workers or data of its own stays in node_modules. */
export default defineConfig({
  ssr: {
    noExternal: true,
    external: ['better-sqlite3', 'sqlite-vec', 'pdfjs-dist', 'tesseract.js', '@napi-rs/canvas'],
  },
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
        'workers/search': 'host/workers/search.ts',
        'workers/past': 'host/workers/past.ts',
        'workers/reading': 'host/workers/reading.ts',
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
})
