import { clsx } from 'clsx';
import { Toast } from 'radix-ui';
import { useEffect, useState } from 'react';
import { t } from '~/app/i18n';
import { dismiss, useToasts, type ToastMessage } from '~/features/toasts/store';
import { clock } from '~/lib/format';

/** The toasts at the bottom: what happened, and for ten seconds the way back. */
export function Toasts() {
  const toasts = useToasts();
  return (
    <Toast.Provider label={t('toast.label')} swipeDirection="down">
      {toasts.map((toast) => (
        <Line key={toast.id} toast={toast} />
      ))}
      <Toast.Viewport
        label={t('toast.region')}
        className="fixed bottom-4 left-1/2 z-60 flex w-[min(448px,calc(100vw-24px))] -translate-x-1/2 flex-col gap-2.5 outline-none max-sm:bottom-24"
      />
    </Toast.Provider>
  );
}

/** How a toast looks. */
export const toastSkin = (tone: ToastMessage['tone']) =>
  clsx('flex animate-rise items-center gap-3 rounded-button p-2 pl-4 shadow-pop', tone === 'danger' ? 'bg-danger-soft text-fg' : 'bg-ink text-on-ink');

export const toastButton =
  'h-9 rounded-[11px] bg-on-ink-chip px-3.5 text-second font-[560] hover:opacity-80 focus-visible:outline-current max-sm:h-11';

export const ToastPicture = ({ src }: { src: string }) => <img src={src} alt="" className="-ml-2 size-9 rounded-chip object-cover" />;

function Line({ toast }: { toast: ToastMessage }) {
  const { text, image, action, tone, stay } = toast;
  const [paused, setPaused] = useState(false);
  return (
    <Toast.Root
      duration={stay}
      onOpenChange={(open) => !open && dismiss(toast.id)}
      onPause={() => setPaused(true)}
      onResume={() => setPaused(false)}
      className={toastSkin(tone)}
    >
      {image && <ToastPicture src={image} />}
      <Toast.Title className="min-w-0 flex-1 py-2 font-[550]">{text}</Toast.Title>
      {action && <Left ms={stay} paused={paused} />}
      {action && (
        <Toast.Action asChild altText={action.label}>
          <button type="button" onClick={action.perform} className={toastButton}>
            {action.label}
          </button>
        </Toast.Action>
      )}
    </Toast.Root>
  );
}

/** How long it still stands; the clock stops as long as someone is on it. */
function Left({ ms, paused }: { ms: number; paused: boolean }) {
  const [left, setLeft] = useState(Math.round(ms / 1000));
  useEffect(() => {
    if (paused) return undefined;
    const timer = setInterval(() => setLeft((before) => before - 1), 1000);
    return () => clearInterval(timer);
  }, [paused]);
  return (
    <span aria-hidden className="text-second tabular-nums opacity-75">
      {clock(left)}
    </span>
  );
}
