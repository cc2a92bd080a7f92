import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where the server stands while one works on the page with `npm run dev:web`. */
const server = process.env.ORRERY_URL ?? 'http://127.0.0.1:4000'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The first browsers with light-dark() and Array.prototype.with, so that neither is rewritten.
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // Fonts and icons are files of their own: the content policy knows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
  },
  // Workers load what they need when they need it: the grammars of languages, one by one.
  worker: { format: 'es' },
  server: {
    host: '127.0.0.1',
    // The server sees the host and the origin of this one: they belong together.
    proxy: {
      '/graphql': { target: server, ws: true },
      '/artifacts': server,
      '/bodies': server,
      '/health': server,
      '/sign-in': server,
    },
  },
})
