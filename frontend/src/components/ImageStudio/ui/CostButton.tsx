import { clsx } from 'clsx';
import { useReach } from '~/api/connection';
import { t } from '~/app/i18n';
import { Kbd } from './Kbd';
import { progressOf } from './Progress';

interface CostButtonProps {
  verb: string;
  price: string | undefined;
  time: string | undefined;
  /** What is missing before it can be pressed; said on the button instead of the verb. */
  blocked?: string | undefined;
  busy: boolean;
  /** Something else on the page waits for an answer first. */
  quiet?: boolean;
  onPress: () => void;
}

/** The one large button of a page: the verb, what it costs and how long it takes. */
export function CostButton({ verb, price, time, blocked, busy, quiet = false, onPress }: CostButtonProps) {
  const off = blocked !== undefined;
  const away = useReach() === 'away';
  return (
    <button
      type="button"
      onClick={onPress}
      disabled={off || busy}
      className={clsx(
        'flex h-13 w-full items-center gap-3 rounded-button pr-2 pl-4.5 text-left transition duration-120 ease-studio active:scale-[.99]',
        off ? 'bg-sunken text-muted' : quiet ? 'bg-sunken hover:bg-raised' : 'bg-ink text-on-ink shadow-panel hover:opacity-95',
      )}
    >
      <span className="text-section leading-[18px] font-[620]">{busy ? t(away ? 'trouble.waits' : 'create.starting') : (blocked ?? verb)}</span>
      {!off && !quiet && <Kbd className="hidden whitespace-nowrap text-current opacity-80 xl:inline">{t('keys.run')}</Kbd>}
      {price !== undefined && <Price price={price} time={time} look={off ? '' : quiet ? 'bg-raised' : 'bg-on-ink-chip'} />}
    </button>
  );
}

function Price({ price, time, look }: { price: string; time: string | undefined; look: string }) {
  return (
    <span className={clsx('ml-auto rounded-[11px] px-2.5 py-1 text-right tabular-nums', look)}>
      <span className="block text-second leading-4 font-[600]">{price}</span>
      {time !== undefined && <span className="block text-rail font-[500] whitespace-nowrap">{time}</span>}
    </span>
  );
}

interface WorkingProps {
  label: string;
  /** 0..1 */
  progress: number;
  onCancel: () => void;
}

/** The cost button while its work goes on: filled by progress, with a way out. */
export function WorkingButton({ label, progress, onCancel }: WorkingProps) {
  return (
    <div className="relative flex h-13 w-full items-center overflow-hidden rounded-button bg-ink pr-2 pl-4.5 text-on-ink shadow-panel">
      <div
        {...progressOf(label, progress)}
        className="absolute inset-y-0 left-0 bg-on-ink-chip transition-[width] duration-240 ease-studio"
        style={{ width: `calc(${progress} * (100% - 88px))` }}
      />
      <span className="relative text-section font-[620] tabular-nums">{label}</span>
      <button
        type="button"
        onClick={onCancel}
        className="relative ml-auto h-9 rounded-[11px] bg-on-ink-chip px-3 text-second font-[560] hover:opacity-80 focus-visible:outline-current max-sm:h-11"
      >
        {t('action.cancel')}
      </button>
    </div>
  );
}
