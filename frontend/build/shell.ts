// What index.html holds before any script has arrived: the theme, the empty shell and their hashes for the server's policy.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { ahead } from './ahead.ts';

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const read = (file: string) => readFileSync(new URL(`../src/shell/${file}`, import.meta.url), 'utf8').trim();

/**
 * Inlines `src/shell/*` into index.html, moves the stylesheet behind the shell so that it paints first, lets the browser
 * fetch the page's own scripts beside the shell's, and writes `csp.json`: the hashes that a Content-Security-Policy
 * without 'unsafe-inline' has to name.
 */
export function shell(): Plugin {
  const theme = read('theme.js');
  const style = read('critical.css');
  return {
    name: 'image-studio-shell',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const links = html.match(/<link rel="stylesheet"[^>]*>/g) ?? [];
        const bare = links.reduce((page, link) => page.replace(link, ''), html);
        return bare
          .replace('<!--theme-->', `<script>${theme}</script><style>${style}</style>`)
          .replace('<!--styles-->', links.join(''))
          .replace('<!--ahead-->', () => (bundle ? `<script>${ahead(bundle, read('ahead.js'))}</script>` : ''));
      },
    },
    generateBundle: {
      // After the page: names of files are final by then.
      order: 'post',
      handler(_, bundle) {
        const scripts = [theme, ahead(bundle, read('ahead.js'))];
        const policy = { 'script-src': scripts.map(sha256), 'style-src': [sha256(style)] };
        this.emitFile({ type: 'asset', fileName: 'csp.json', source: `${JSON.stringify(policy, null, 2)}\n` });
        const licence = readFileSync(new URL('../node_modules/@fontsource-variable/geist/LICENSE', import.meta.url));
        this.emitFile({ type: 'asset', fileName: 'geist-licence.txt', source: licence });
      },
    },
  };
}
