const base = document.documentElement.dataset.base;
const page = location.pathname.slice(base.length).split('/')[1] || '';
const assets = new URL('.', document.querySelector('script[type=module]').src);
const add = (file) => {
  const link = document.createElement('link');
  link.rel = 'modulepreload';
  link.crossOrigin = '';
  link.href = new URL(file, assets);
  document.head.append(link);
};
let own;
try {
  own = JSON.parse(localStorage.getItem('language'));
} catch {}
const words = [own, ...navigator.languages].map((tag) => AHEAD.words[String(tag).split('-')[0]]).find(Boolean);
if (page !== 'signin') {
  globalThis.answers = {};
  for (const address of ['/api/auth/session', ...((!location.search && AHEAD.asked[page]) || [])]) {
    answers[address] = fetch(base + address);
    answers[address].catch(() => {});
  }
}
[words ?? AHEAD.words.en, ...(AHEAD.pages[page] ?? [])].forEach(add);
