// The built files once more, compressed as small as they get, for the server to send as they are.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(?:css|js|svg|md)$/;
/** In bytes: below this a compressed file saves no packet. */
const WORTH_IT = 1000;

/** Writes `file.br` and `file.gz` beside every text of the build. */
export function compressed(): Plugin {
  return {
    name: 'image-studio-compressed',
    apply: 'build',
    writeBundle({ dir }) {
      const files = readdirSync(dir ?? 'dist', { recursive: true, encoding: 'utf8' }).filter((name) => TEXT.test(name));
      for (const file of files.map((name) => join(dir ?? 'dist', name))) {
        const text = readFileSync(file);
        if (text.length < WORTH_IT) continue;
        writeFileSync(`${file}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }));
        writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
      }
    },
  };
}
