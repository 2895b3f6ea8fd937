import { svelte } from '@sveltejs/vite-plugin-svelte';
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const out = here('../src/medley/protocols/page/dist');

/** PDF.js loads character maps, stand-in fonts and image decoders by address, so they are copied beside the bundle. */
function pdfData(): Plugin {
  return {
    name: 'medley-pdf-data',
    apply: 'build',
    closeBundle() {
      for (const folder of ['cmaps', 'standard_fonts', 'wasm'])
        cpSync(here(`node_modules/pdfjs-dist/${folder}`), `${out}/assets/pdf/${folder}`, {
          recursive: true,
          filter: (from) => !/wasm$|quickjs|qcms/.test(from) || from.endsWith('/wasm'),
        });
    },
  };
}

/**
 * foliate-js lets its frames run scripts because WebKit delivers no events to frames that may not. Books never need
 * scripts, so every other browser gets the strict sandbox.
 */
function strictBookFrames(): Plugin {
  const lax = "'allow-same-origin allow-scripts'";
  const strict = `(/AppleWebKit/.test(navigator.userAgent) && !/Chrome/.test(navigator.userAgent) ? ${lax} : 'allow-same-origin')`;
  return {
    name: 'medley-strict-book-frames',
    transform(code, id) {
      if (!/foliate-js\/(paginator|fixed-layout)\.js/.test(id)) return null;
      if (!code.includes(lax))
        this.error('foliate-js changed how it makes frames: look at their sandbox again.');
      return { code: code.replaceAll(lax, strict), map: null };
    },
  };
}

export default defineConfig({
  base: '/',
  plugins: [svelte(), strictBookFrames(), pdfData()],
  resolve: { alias: { '~': here('src') } },
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'es2022',
    // A data: address for a small font or script would need a laxer Content-Security-Policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: { port: 5199, proxy: { '/api': 'http://127.0.0.1:8096', '/book': 'http://127.0.0.1:8096' } },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
});
