import { Link } from '@tanstack/react-router';
import { t } from '~/app/i18n';
import type { StudioProblem } from '~/api/errors';
import { Button, buttonLook } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { useQuote, type Quote } from '~/features/costs/queries';
import { money } from '~/lib/format';
import { LOCAL } from '../patience';
import { fewer, useShortage, type Priced } from '../short';

/** Too little credit: a choice, never a wall. The free engine first, then fewer, then more credit. */
export function ShortDialog() {
  const shortage = useShortage();
  if (!shortage) return null;
  const { problem, body, settle } = shortage;
  return (
    <Dialog title={t('short.title')} open onClose={() => settle(null)}>
      <Choices problem={problem} body={body} onTake={settle} />
    </Dialog>
  );
}

interface ChoicesProps {
  problem: StudioProblem;
  body: Priced;
  /** Null: neither. */
  onTake: (instead: Priced | null) => void;
}

function Choices({ problem, body, onTake }: ChoicesProps) {
  const asked = body.num_variations ?? 1;
  const local = useQuote(body.provider === LOCAL ? null : { ...body, provider: LOCAL });
  const paid = fewer(body, problem.credits);
  const some = useQuote(paid === null ? null : { ...body, num_variations: paid });
  return (
    <ShortChoices
      problem={problem}
      asked={asked}
      local={priceOf(local)}
      paid={paid}
      some={priceOf(some)}
      onLocal={() => onTake({ provider: LOCAL })}
      onFewer={() => onTake({ num_variations: paid ?? asked })}
      onLeave={() => onTake(null)}
    />
  );
}

const priceOf = ({ estimate }: Quote) => estimate && money(estimate.total_cost, estimate.currency);

interface ShortChoicesProps {
  problem: StudioProblem;
  /** How many pictures were asked for. */
  asked: number;
  /** What the local engine takes for it, once known; it may not be able to. */
  local: string | undefined;
  /** How many pictures are affordable. */
  paid: number | null;
  some: string | undefined;
  onLocal: () => void;
  onFewer: () => void;
  onLeave: () => void;
}

/** The three ways on, each with its price. */
export function ShortChoices({ problem, asked, local, paid, some, onLocal, onFewer, onLeave }: ShortChoicesProps) {
  const { needed, available } = problem.credits ?? { needed: 0, available: 0 };
  return (
    <div className="flex flex-col gap-2 px-5 pb-5">
      <p className="text-second text-muted">{problem.credits ? t('short.facts', { needed, available }) : problem.detail}</p>
      {needed > 0 && (
        <div aria-hidden className="my-2 flex h-1.5 overflow-hidden rounded-full bg-sunken">
          <span className="bg-ink" style={{ width: `${Math.min(100, (available / needed) * 100)}%` }} />
          <span className="flex-1 bg-warn" />
        </div>
      )}
      {local !== undefined && <Choice look="ink" text={t('short.local', { count: asked })} price={local} onPress={onLocal} />}
      {paid !== null && some !== undefined && <Choice look="quiet" text={t('short.fewer', { count: paid })} price={some} onPress={onFewer} />}
      <Link to="/costs" onClick={onLeave} className={buttonLook('plain', 'h-11')}>
        {t('short.more')}
      </Link>
    </div>
  );
}

function Choice({ look, text, price, onPress }: { look: 'ink' | 'quiet'; text: string; price: string; onPress: () => void }) {
  return (
    <Button look={look} onClick={onPress} className="h-11 w-full">
      {text}
      <span className="ml-auto tabular-nums">{price}</span>
    </Button>
  );
}
