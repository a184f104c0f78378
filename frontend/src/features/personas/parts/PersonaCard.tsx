import { Pencil, Trash2 } from 'lucide-react';
import type { Persona } from '~/api/types';
import { t } from '~/app/i18n';
import { IconButton } from '~/components/ImageStudio/ui/Button';
import { GlassyCard } from '~/components/ImageStudio/ui/GlassyCard';
import { Palette } from './Palette';

interface PersonaCardProps {
  persona: Persona;
  /** Whether whoever looks may change it. */
  open: boolean;
  onChange: () => void;
  onRemove: () => void;
}

/** A persona at a glance: its colours, how it speaks, how its pictures look. */
export function PersonaCard({ persona, open, onChange, onRemove }: PersonaCardProps) {
  const { name, voice, palette = [], style_words: looks = [], negative_words: never = [], engines = [] } = persona;
  return (
    <GlassyCard aria-label={name} className="flex flex-col overflow-hidden">
      <Palette colours={palette} className="h-20" />
      <div className="flex flex-1 flex-col gap-3 p-4.5 pt-3.5">
        <div className="flex min-h-9 items-center gap-2">
          <h2 className="truncate text-title font-[640]">{name}</h2>
          {persona.is_default && (
            <span className="shrink-0 rounded-full bg-accent-soft px-2.5 py-0.5 text-caption font-[580] text-accent">{t('personas.isDefault')}</span>
          )}
          {open && (
            <span className="-mr-2 ml-auto flex">
              <IconButton label={t('personas.change', { name })} onClick={onChange}>
                <Pencil size={16} aria-hidden />
              </IconButton>
              <IconButton label={t('personas.remove', { name })} onClick={onRemove}>
                <Trash2 size={16} aria-hidden />
              </IconButton>
            </span>
          )}
        </div>
        {voice && <p className="-mt-1.5 text-section text-muted italic">{t('personas.quoted', { voice })}</p>}
        {looks.length > 0 && (
          <ul aria-label={t('personas.styleWords')} className="flex flex-wrap gap-1.5">
            {looks.map((word) => (
              <li key={word} className="rounded-full bg-sunken px-2.5 py-1 text-second font-[550]">
                {word}
              </li>
            ))}
          </ul>
        )}
        <dl className="mt-auto grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-second">
          <Row name={t('personas.negativeWords')} text={never.join(', ')} />
          <Row name={t('personas.style')} text={persona.style_preset ?? ''} />
          <Row name={t('personas.engines')} text={engines.join(', ')} />
        </dl>
      </div>
    </GlassyCard>
  );
}

function Row({ name, text }: { name: string; text: string }) {
  if (!text) return null;
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 truncate">{text}</dd>
    </>
  );
}
