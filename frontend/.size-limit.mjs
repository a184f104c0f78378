// What a first visit may weigh, gzipped. Each entry follows the static imports of the build's manifest.
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));

/** The scripts that one entry of the manifest pulls in before it can run. */
function collect(name, seen) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const needed of manifest[name].imports ?? []) collect(needed, seen);
  return seen;
}

const graph = (...names) => {
  const seen = new Set();
  for (const name of names) collect(name, seen);
  return seen;
};

const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);
const pages = ['CreateStudio', 'AssetLibrary', 'SignIn', 'EditStudio', 'SocialOptimizer', 'ImageStudioDashboard', 'CostsPage'].map((name) => `src/components/ImageStudio/${name}.tsx`);
const [create, library, door, edit, social, home, costs] = pages;

const desk = ['EditDesk', 'ImageMaskEditor'].map((name) => `src/components/ImageStudio/${name}.tsx`);

const files = (names) => [...names].map((name) => `dist/${manifest[name].file}`);
/** What comes for this page and its desk, and for no other page. */
const own = (page, ...rest) => {
  const shared = graph(entry, ...pages.filter((other) => other !== page));
  return files([...graph(page, ...rest)].filter((name) => !shared.has(name)));
};
const socialDesk = 'src/components/ImageStudio/SocialDesk.tsx';

export default [
  { name: 'shell', path: files(graph(entry)), limit: '140 KiB', gzip: true },
  { name: 'first screen: Create', path: files(graph(entry, create)), limit: '190 KiB', gzip: true },
  { name: 'first screen: Library', path: files(graph(entry, library)), limit: '190 KiB', gzip: true },
  { name: 'first screen: Edit', path: files(graph(entry, edit)), limit: '190 KiB', gzip: true },
  { name: 'first screen: Social', path: files(graph(entry, social)), limit: '190 KiB', gzip: true },
  { name: 'Edit with a picture and its mask', path: files(graph(entry, edit, ...desk)), limit: '210 KiB', gzip: true },
  { name: 'Social with a picture', path: files(graph(entry, social, socialDesk)), limit: '210 KiB', gzip: true },
  { name: 'first screen: Home', path: files(graph(entry, home)), limit: '190 KiB', gzip: true },
  { name: 'first screen: the door', path: files(graph(entry, door)), limit: '190 KiB', gzip: true },
  { name: 'route: Create', path: own(create), limit: '40 KiB', gzip: true },
  { name: 'route: Library', path: own(library), limit: '40 KiB', gzip: true },
  { name: 'route: Edit', path: own(edit), limit: '50 KiB', gzip: true },
  { name: 'route: Social', path: own(social, socialDesk), limit: '40 KiB', gzip: true },
  { name: 'route: Home', path: own(home), limit: '40 KiB', gzip: true },
  { name: 'route: Costs', path: own(costs), limit: '40 KiB', gzip: true },
  { name: 'styles', path: 'dist/assets/*.css', limit: '15 KiB', gzip: true },
  { name: 'font', path: 'dist/assets/*.woff2', limit: '30 KiB', gzip: false },
];
