import { clsx } from 'clsx';
import { t } from '~/app/i18n';
import type { GuideKind } from '../form';
import { useGuide } from '../queries';

interface ClosenessProps {
  picture: string;
  kind: GuideKind;
  /** 0..1 */
  value: number;
  onChange: (value: number) => void;
}

const STEPS = [
  { name: 'control.loosely', strength: 0.3 },
  { name: 'control.closely', strength: 0.7 },
  { name: 'control.exactly', strength: 1 },
] as const;

/** How closely the picture is followed, seen: what is left of it for the engine to go by. */
export function Closeness({ picture, kind, value, onChange }: ClosenessProps) {
  const nearest = STEPS.toSorted((a, b) => Math.abs(a.strength - value) - Math.abs(b.strength - value))[0];
  return (
    <div role="group" aria-label={t('control.control_strength')} className="grid grid-cols-3 gap-2">
      {STEPS.map((step) => (
        <button key={step.name} type="button" aria-pressed={step === nearest} onClick={() => onChange(step.strength)} className="text-center text-caption">
          <span className={clsx('block overflow-hidden rounded-control', step === nearest && 'ring-2 ring-accent ring-offset-2 ring-offset-solid')}>
            <Ghost picture={picture} kind={kind} strength={step.strength} />
          </span>
          <span className={clsx('mt-1.5 block', step === nearest ? 'font-[600]' : 'text-muted')}>{t(step.name)}</span>
        </button>
      ))}
    </div>
  );
}

function Ghost({ picture, kind, strength }: { picture: string; kind: GuideKind; strength: number }) {
  const { data: guide } = useGuide(picture, kind, strength);
  if (!guide) return <span className="block aspect-square bg-sunken" />;
  return <img src={guide.image_base64} alt="" className="aspect-square w-full object-cover" />;
}
