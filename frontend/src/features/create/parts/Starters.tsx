import { t, type MessageKey } from '~/app/i18n';
import type { CreateForm } from '../form';
import { starterArt } from './starters';

interface Starter {
  picture: string;
  name: MessageKey;
  prompt: MessageKey;
  form: Partial<CreateForm>;
}

const STARTERS: readonly Starter[] = [
  { picture: starterArt.harbour, name: 'starter.harbour', prompt: 'starter.harbourPrompt', form: { templateId: null, shape: '4:5' } },
  { picture: starterArt.sale, name: 'starter.sale', prompt: 'starter.salePrompt', form: { templateId: null, shape: '1:1' } },
  { picture: starterArt.talk, name: 'starter.talk', prompt: 'starter.talkPrompt', form: { templateId: null, shape: '16:9' } },
  { picture: starterArt.opening, name: 'starter.opening', prompt: 'starter.openingPrompt', form: { templateId: null, shape: '9:16' } },
  { picture: starterArt.topography, name: 'starter.topography', prompt: 'starter.topographyPrompt', form: { templateId: null, shape: '16:9' } },
  { picture: starterArt.pattern, name: 'starter.pattern', prompt: 'starter.patternPrompt', form: { templateId: null, shape: '1:1' } },
];

/** An empty page that starts something: each card fills the form in. */
export function Starters({ onStart }: { onStart: (form: Partial<CreateForm>) => void }) {
  return (
    <div className="grid grid-cols-2 gap-3.5 sm:grid-cols-3">
      {STARTERS.map(({ picture, name, prompt, form }) => (
        <button
          key={name}
          type="button"
          onClick={() => onStart({ ...form, prompt: t(prompt) })}
          className="flex flex-col overflow-hidden rounded-card border border-line bg-glass text-left transition duration-120 ease-studio hover:bg-raised"
        >
          <img src={picture} alt="" width={320} height={200} className="aspect-8/5 w-full object-cover" />
          <span className="block px-3.5 pt-2.5 pb-3.5">
            <span className="block text-section font-[620]">{t(name)}</span>
            <span className="mt-0.5 line-clamp-2 text-second text-muted">{t(prompt)}</span>
          </span>
        </button>
      ))}
    </div>
  );
}
