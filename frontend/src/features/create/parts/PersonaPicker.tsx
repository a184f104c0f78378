import { Link } from '@tanstack/react-router';
import { ChevronsUpDown, UserRound } from 'lucide-react';
import type { Persona } from '~/api/types';
import { t } from '~/app/i18n';
import { FieldError } from '~/components/ImageStudio/ui/Field';
import { Menu, MenuChoices } from '~/components/ImageStudio/ui/Menu';
import { usePersonas } from '~/features/personas/queries';

const NOBODY = '';

const noteOf = ({ voice, style_words: looks = [] }: Persona) => [voice, ...looks].filter(Boolean).join(', ');

interface PersonaPickerProps {
  /** A persona's id; null for nobody. */
  value: string | null;
  onChange: (id: string | null) => void;
}

/** Who a picture is made as. */
export function PersonaPicker({ value, onChange }: PersonaPickerProps) {
  const { data: personas } = usePersonas();
  const chosen = personas?.find(({ id }) => id === value);
  const gone = value !== null && personas !== undefined && !chosen;
  return (
    <div>
      <div className="mb-2 flex justify-between text-second">
        <span className="text-muted">{t('personas.title')}</span>
        <Link to="/personas" className="font-[560] text-accent hover:underline">
          {t('personas.manage')}
        </Link>
      </div>
      <Menu
        fitted
        trigger={
          <button
            type="button"
            className="quiet-control flex w-full items-center gap-3 rounded-control p-2.5 text-left transition duration-120 ease-studio hover:bg-raised"
          >
            {chosen?.palette?.length ? <Dots colours={chosen.palette} /> : <UserRound size={18} aria-hidden className="mx-2.25 shrink-0" />}
            <span className="min-w-0 flex-1">
              <span className="block truncate font-[600]">{chosen?.name ?? t('personas.nobody')}</span>
              <span className="line-clamp-2 text-caption text-muted">
                {chosen ? noteOf(chosen) : t('personas.nobodyNote')}
              </span>
            </span>
            <ChevronsUpDown size={16} aria-hidden className="shrink-0 text-muted" />
          </button>
        }
      >
        <MenuChoices
          value={value ?? NOBODY}
          onChange={(id) => onChange(id === NOBODY ? null : id)}
          options={[
            { value: NOBODY, text: t('personas.nobody'), note: t('personas.nobodyNote') },
            ...(personas ?? []).map((persona) => ({ value: persona.id, text: persona.name, note: noteOf(persona) || undefined })),
          ]}
        />
      </Menu>
      {gone && <FieldError id="persona-gone">{t('personas.gone')}</FieldError>}
    </div>
  );
}

/** A persona's first four colours as one round mark. */
function Dots({ colours }: { colours: readonly string[] }) {
  return (
    <span aria-hidden className="grid size-9 shrink-0 grid-cols-2 overflow-hidden rounded-chip">
      {Array.from({ length: 4 }, (_, place) => (
        <span key={place} style={{ background: colours[place % colours.length] }} />
      ))}
    </span>
  );
}
