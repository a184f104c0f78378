import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { t } from '~/app/i18n';
import { Inside } from '~/features/trouble/above';
import { onEscape } from '~/lib/escape';
import { IconButton } from './Button';

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
  /** A sheet comes from below on phones; a dialog stands in the middle. */
  wide?: boolean;
  /** Without a cross: for a question that has to be answered. */
  bare?: boolean;
}

// The veil is our own: Radix's would write a <style> element, which the server's policy refuses.
export function Dialog({ title, open, onClose, children, wide = false, bare = false }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <div data-overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          onKeyDown={onEscape(onClose)}
          className={clsx(
            'pop fixed z-50 flex flex-col overflow-hidden outline-none',
            'max-sm:inset-x-0 max-sm:bottom-0 max-sm:max-h-[92dvh] max-sm:animate-sheet max-sm:rounded-t-sheet',
            'sm:top-1/2 sm:left-1/2 sm:max-h-[calc(100dvh-64px)] sm:w-[calc(100vw-64px)] sm:-translate-1/2 sm:animate-rise sm:rounded-panel',
            wide ? 'sm:max-w-[1040px]' : 'sm:max-w-[440px]',
          )}
        >
          <span aria-hidden className="mx-auto mt-2.5 h-1.5 w-10 shrink-0 rounded-full bg-line sm:hidden" />
          <div className="flex items-center justify-between px-5 pt-4 pb-3">
            <Radix.Title className="text-title font-[620]">{title}</Radix.Title>
            {!bare && (
              <IconButton label={t('action.close')} onClick={onClose} className="-mr-2">
                <X size={18} aria-hidden />
              </IconButton>
            )}
          </div>
          <Inside value>{children}</Inside>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
