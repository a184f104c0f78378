import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { ProblemBanner } from '~/components/ImageStudio/ProblemBanner';
import { Button } from '~/components/ImageStudio/ui/Button';
import { t } from './i18n';

/** A page that broke: what is kept, and the way on. */
export function Trouble({ error, reset }: ErrorComponentProps) {
  return (
    <main className="mx-auto mt-24 max-w-lg px-4">
      <ProblemBanner problem={error} kept={t('trouble.kept')} action={<Button onClick={reset}>{t('action.retry')}</Button>} />
    </main>
  );
}

export function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-4 p-4">
      <h1 className="text-page font-[640]">{t('notFound.title')}</h1>
      <Link to="/" className="text-section font-[560] text-accent hover:underline">
        {t('notFound.home')}
      </Link>
    </main>
  );
}
