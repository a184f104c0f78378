import { clsx } from 'clsx';
import { Toast } from 'radix-ui';
import { t } from '~/app/i18n';
import { dismiss, useToasts, type ToastMessage } from '~/features/toasts/store';

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

function Line({ toast }: { toast: ToastMessage }) {
  const { text, image, action, tone } = toast;
  return (
    <Toast.Root
      duration={toast.stay}
      onOpenChange={(open) => !open && dismiss(toast.id)}
      className={clsx(
        'flex animate-rise items-center gap-3 rounded-button p-2 pl-4 shadow-pop',
        tone === 'danger' ? 'bg-danger-soft text-fg' : 'bg-ink text-on-ink',
      )}
    >
      {image && <img src={image} alt="" className="-ml-2 size-9 rounded-chip object-cover" />}
      <Toast.Title className="min-w-0 flex-1 py-2 font-[550]">{text}</Toast.Title>
      {action && (
        <Toast.Action asChild altText={action.label}>
          <button
            type="button"
            onClick={action.perform}
            className="h-9 rounded-[11px] bg-on-ink-chip px-3.5 text-second font-[560] hover:opacity-80 focus-visible:outline-current max-sm:h-11"
          >
            {action.label}
          </button>
        </Toast.Action>
      )}
    </Toast.Root>
  );
}
