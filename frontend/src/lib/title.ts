// The tab's title and picture: which page it is, and how far the work is.
import { useEffect } from 'react';
import { t } from '~/app/i18n';

let page = '';
/** 0..1, or null while nothing works. */
let progress: number | null = null;

function write(): void {
  const name = page ? t('app.page', { page }) : t('app.name');
  document.title = progress === null ? name : t('app.progress', { percent: Math.round(progress * 100), name });
}

/** Names the page in the tab while it stands. */
export function useTitle(title: string): void {
  useEffect(() => {
    page = title;
    write();
  }, [title]);
}

const icon = () => document.querySelector<HTMLLinkElement>('link[rel=icon]');
let still: string | undefined;

const circle = (colour: string | undefined, dash: string) => `<circle cx="18" cy="18" r="14" fill="none" stroke="${colour}" stroke-width="7" ${dash}/>`;

/** A ring that fills, in the colours of the mark. */
function ring(part: number): string {
  const round = 2 * Math.PI * 14;
  const style = getComputedStyle(document.documentElement);
  const [line, fill] = ['--line-strong', '--accent-fill'].map((name) => style.getPropertyValue(name));
  const dash = `stroke-dasharray="${round * part} ${round}" transform="rotate(-90 18 18)"`;
  const dark = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36" style="color-scheme:${dark}">${circle(line, '')}${circle(fill, dash)}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Shows in the tab how far the work is, 0..1; null when nothing works. */
export function showProgress(part: number | null): void {
  progress = part;
  write();
  const link = icon();
  if (!link) return;
  still ??= link.href;
  link.href = part === null ? still : ring(part);
}
