import { ArrowUp, Plus, X } from 'lucide-react';
import { t } from '~/app/i18n';
import { Button, IconButton } from '~/components/ImageStudio/ui/Button';
import { FieldError } from '~/components/ImageStudio/ui/Field';
import { Menu, MenuChoices } from '~/components/ImageStudio/ui/Menu';
import { useProviders } from '~/features/templates/queries';
import { raised } from '../form';

interface EnginesFieldProps {
  engines: readonly string[];
  error?: string | undefined;
  onChange: (engines: readonly string[]) => void;
}

type Providers = NonNullable<ReturnType<typeof useProviders>['data']>;

interface Choice {
  value: string;
  text: string;
  note?: string | undefined;
}

/** Every engine that makes pictures from words, and each of its models. */
function choicesOf(providers: Providers): Choice[] {
  const choices: Choice[] = [];
  for (const [key, provider] of Object.entries(providers)) {
    const models = (provider.offers ?? []).filter(({ operation }) => operation === 'create');
    if (models.length > 0) choices.push({ value: key, text: provider.name, note: provider.reason ?? undefined });
    for (const { model, label, cost_range: note } of models) choices.push({ value: `${key}/${model}`, text: `${provider.name}: ${label}`, note });
  }
  return choices;
}

/** Engines in the order in which they are asked. */
export function EnginesField({ engines, error, onChange }: EnginesFieldProps) {
  const { data: providers } = useProviders();
  const choices = providers ? choicesOf(providers) : [];
  const left = choices.filter(({ value }) => !engines.includes(value));
  const nameOf = (engine: string) => choices.find(({ value }) => value === engine)?.text ?? engine;
  return (
    <fieldset>
      <legend className="mb-1.5 text-second font-[550]">{t('personas.engines')}</legend>
      {engines.length > 0 && (
        <ol className="mb-2 flex flex-col divide-y divide-line rounded-control border border-line">
          {engines.map((engine, index) => (
            <li key={engine} className="flex h-11 items-center gap-2 pl-3">
              <span className="w-4 text-second text-muted tabular-nums">{index + 1}</span>
              <span className="min-w-0 flex-1 truncate font-[550]">{nameOf(engine)}</span>
              {index > 0 && (
                <IconButton label={t('personas.raiseEngine', { name: nameOf(engine) })} onClick={() => onChange(raised(engines, index))}>
                  <ArrowUp size={16} aria-hidden />
                </IconButton>
              )}
              <IconButton
                label={t('personas.removeEngine', { name: nameOf(engine) })}
                onClick={() => onChange(engines.filter((each) => each !== engine))}
              >
                <X size={16} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ol>
      )}
      {left.length > 0 && (
        <Menu
          align="start"
          trigger={
            <Button small look="quiet">
              <Plus size={15} aria-hidden />
              {t('personas.addEngine')}
            </Button>
          }
        >
          <MenuChoices value="" onChange={(engine) => onChange([...engines, engine])} options={left} />
        </Menu>
      )}
      {error && <FieldError id="engines-error">{error}</FieldError>}
    </fieldset>
  );
}
