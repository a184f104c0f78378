import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { Switch } from 'radix-ui';
import type { Persona } from '~/api/types';
import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { FieldError } from '~/components/ImageStudio/ui/Field';
import { Menu, MenuChoices, MenuItem, MenuLine } from '~/components/ImageStudio/ui/Menu';
import { usePersonas } from '~/features/personas/queries';

const DOTS = 5;

const noteOf = ({ voice, style_words: looks = [] }: Persona) => [voice, ...looks].filter(Boolean).join(', ');

/** Who the switch turns on: the chosen one, or the workspace's usual one, or the first. */
const subject = (personas: readonly Persona[], chosen: string | null) =>
  personas.find(({ id }) => id === chosen) ?? personas.find(({ is_default: usual }) => usual) ?? personas[0];

interface PersonaRowProps {
  /** A persona's id; null for nobody. */
  value: string | null;
  onChange: (id: string | null) => void;
}

/** Whether a picture is made in a brand's colours and voice, and in whose. */
export function PersonaRow({ value, onChange }: PersonaRowProps) {
  const { data: personas } = usePersonas();
  if (!personas) return null;
  const persona = subject(personas, value);
  const gone = value !== null && persona?.id !== value;
  const on = value !== null && !gone;
  return (
    <div>
      {persona ? <Chosen persona={persona} personas={personas} on={on} onChange={onChange} /> : <SetUp />}
      {gone && (
        <div className="flex items-end justify-between gap-3">
          <FieldError id="persona-gone">{t('personas.gone')}</FieldError>
          <Button small onClick={() => onChange(null)}>
            {t('personas.without')}
          </Button>
        </div>
      )}
    </div>
  );
}

interface ChosenProps {
  persona: Persona;
  personas: readonly Persona[];
  on: boolean;
  onChange: (id: string | null) => void;
}

function Chosen({ persona, personas, on, onChange }: ChosenProps) {
  const navigate = useNavigate();
  return (
    <div className="flex min-h-9 items-center gap-3">
      <Menu
        align="start"
        trigger={
          <button type="button" aria-label={t('personas.choose', { name: persona.name })} className="-ml-1.5 flex h-9 min-w-0 flex-1 items-center gap-1 rounded-chip px-1.5 text-left font-[580] hover:bg-sunken max-sm:h-11">
            <span className="truncate">{t('personas.colours', { name: persona.name })}</span>
            <ChevronDown size={15} aria-hidden className="shrink-0 text-muted" />
          </button>
        }
      >
        <MenuChoices
          value={on ? persona.id : ''}
          onChange={onChange}
          options={personas.map((each) => ({ value: each.id, text: each.name, note: noteOf(each) || undefined }))}
        />
        <MenuLine />
        <MenuItem onSelect={() => void navigate({ to: '/personas' })}>{t('personas.manage')}</MenuItem>
      </Menu>
      <Dots colours={persona.palette ?? []} />
      <Switch.Root
        aria-label={t('personas.use', { name: persona.name })}
        checked={on}
        onCheckedChange={(next) => onChange(next ? persona.id : null)}
        className="h-6 w-10.5 shrink-0 rounded-full bg-line-strong p-0.5 transition duration-120 ease-studio data-[state=checked]:bg-accent-fill"
      >
        <Switch.Thumb className="block size-5 rounded-full bg-thumb shadow-[0_1px_3px_rgb(0_0_0/30%)] transition duration-120 ease-studio data-[state=checked]:translate-x-4.5" />
      </Switch.Root>
    </div>
  );
}

function SetUp() {
  return (
    <p className="flex min-h-9 items-center justify-between gap-3">
      <span className="min-w-0">
        <span className="block font-[580]">{t('personas.brand')}</span>
        <span className="block truncate text-caption text-muted">{t('personas.brandNote')}</span>
      </span>
      <Link to="/personas" className="shrink-0 text-second font-[560] text-accent hover:underline">
        {t('personas.add')}
      </Link>
    </p>
  );
}

/** A palette's first colours as dots that overlap. */
function Dots({ colours }: { colours: readonly string[] }) {
  return (
    <span aria-hidden className="flex shrink-0 pl-1.5">
      {colours.slice(0, DOTS).map((colour, index) => (
        <span key={index} className="-ml-1.5 size-5 rounded-full border-2 border-solid" style={{ background: colour }} />
      ))}
    </span>
  );
}
