import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** The decoders of pdf.js that need no WebAssembly, which the policy of the page does not allow; loaded by name. */
const pdfDecoders = (): Plugin => ({
  name: 'pdf-decoders',
  generateBundle() {
    const { resolve } = createRequire(import.meta.url)
    for (const name of ['jbig2_nowasm_fallback.js', 'openjpeg_nowasm_fallback.js']) {
      const source = readFileSync(resolve(`pdfjs-dist/wasm/${name}`))
      this.emitFile({ type: 'asset', fileName: `pdf/${name}`, source })
    }
  },
})

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react(), pdfDecoders()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2024',
    // The content security policy allows no data: fonts or scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
})
