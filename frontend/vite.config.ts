/// <reference types="vitest/config" />
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { chunks } from './build/chunks.ts';
import { compressed } from './build/compressed.ts';
import { shell } from './build/shell.ts';

/** In bytes: drawings below this travel with the script that shows them. */
const DRAWING = 2000;

export default defineConfig({
  // Files name each other relatively, so that they work below any path and on any host.
  base: './',
  plugins: [react(), tailwindcss(), shell(), compressed()],
  resolve: { alias: { '~': new URL('./src', import.meta.url).pathname } },
  server: { proxy: { '/api': process.env['IMAGE_STUDIO_URL'] ?? 'http://127.0.0.1:8000' } },
  build: { target: 'es2023', assetsInlineLimit: (file, content) => file.endsWith('.svg') && content.length < DRAWING, manifest: true, rolldownOptions: { output: { codeSplitting: chunks } }, license: { fileName: 'licences.md' } },
  test: {
    environment: 'happy-dom',
    setupFiles: ['src/test/setup.ts'],
    restoreMocks: true,
    testTimeout: 30_000,
  },
});
