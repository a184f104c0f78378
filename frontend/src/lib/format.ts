// Numbers as people read them.
import { currentLanguage, t } from '~/app/i18n';

/** A price in a currency: "Free" for nothing, tenths of a cent kept where they matter. */
export function money(amount: number, currency = 'USD'): string {
  if (amount <= 0) return t('price.free');
  const digits = amount < 0.01 ? 4 : 2;
  return new Intl.NumberFormat(currentLanguage(), { style: 'currency', currency, maximumFractionDigits: digits }).format(amount);
}

/** About how long something takes, from seconds. */
export function about(seconds: number): string {
  if (seconds < 1) return t('time.underASecond');
  if (seconds < 90) return t('time.aboutSeconds', { seconds: Math.round(seconds) });
  return t('time.aboutMinutes', { minutes: Math.round(seconds / 60) });
}

/** m:ss of a running clock, from seconds. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A file's size, decimal units. */
export function bytes(size: number): string {
  const [value, unit] = size >= 1e6 ? [size / 1e6, 'megabyte'] : [size / 1e3, 'kilobyte'];
  const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: value < 10 ? 1 : 0 } as const;
  return new Intl.NumberFormat(currentLanguage(), options).format(value);
}

/** "14:08" today, the date otherwise. */
export function when(iso: string, now = new Date()): string {
  const date = new Date(iso);
  const today = date.toDateString() === now.toDateString();
  const options: Intl.DateTimeFormatOptions = today
    ? { hour: '2-digit', minute: '2-digit' }
    : { day: 'numeric', month: 'short', ...(date.getFullYear() !== now.getFullYear() && { year: 'numeric' }) };
  const text = new Intl.DateTimeFormat(currentLanguage(), options).format(date);
  return today ? t('time.today', { time: text }) : text;
}

/** What a picture is called: by its title, else by its words, else by its file. */
export const nameOfAsset = ({ title, prompt, filename }: { title?: string | null; prompt?: string | null; filename: string }) => title || prompt || filename;
