// What the palette offers for what was typed: pictures, deeds, jobs, templates. Pure: what there is goes in, rows come out.
import type { LucideIcon } from 'lucide-react';
import { Sparkles } from 'lucide-react';
import { possible, type Action, type ActionContext } from '~/actions/registry';
import type { Asset, Job, Template } from '~/api/types';
import { t, type MessageKey } from '~/app/i18n';
import { PLACES } from '~/actions/places';
import { nameOfAsset, when } from '~/lib/format';
import { nameOfJob } from '~/features/jobs/words';
import { match, type Spot } from './match';

export interface Row {
  id: string;
  text: string;
  spots: readonly Spot[];
  note?: string | undefined;
  keys?: readonly string[] | undefined;
  sign: { Icon: LucideIcon } | { picture: Pick<Asset, 'thumbnail_url' | 'file_url' | 'thumbhash'> } | { shape: number } | { job: Job };
  /** The picture that it is about, shown at the right. */
  asset?: Asset;
  perform: () => void;
}

export interface Group {
  title: MessageKey;
  rows: readonly Row[];
}

export interface Offered {
  typed: string;
  assets: readonly Asset[];
  templates: readonly Template[];
  jobs: readonly Job[];
  context: ActionContext;
  openAsset: (asset: Asset) => void;
  openJob: (job: Job) => void;
  openTemplate: (template: Template) => void;
  create: (prompt: string) => void;
}

const FEW = 4;

/** Those that answer, the best first; all of them, in their own order, where nothing was typed. */
function answering<T>(typed: string, all: readonly T[], wordsOf: (each: T) => [text: string, keywords?: string]) {
  const found = all.flatMap((each) => {
    const [text, keywords] = wordsOf(each);
    const answer = match(typed, text, keywords);
    return answer ? [{ each, text, ...answer }] : [];
  });
  return found.toSorted((one, other) => other.score - one.score);
}

/** The server searches prompts, tags and models too: a picture it found needs no mark in its name. */
function pictures({ typed, assets, openAsset }: Offered): Row[] {
  return assets.map((asset) => {
    const text = nameOfAsset(asset);
    return {
      id: `asset:${asset.id}`,
      text,
      spots: match(typed, text)?.spots ?? [],
      note: when(asset.created_at),
      sign: { picture: asset },
      asset,
      perform: () => openAsset(asset),
    };
  });
}

/** What can be done with the best picture, by name. */
function deedsWith(asset: Asset, { typed, context }: Offered): Row[] {
  const name = nameOfAsset(asset);
  return PLACES.filter(({ takesPicture }) => takesPicture).map(({ to, Icon }) => {
    const text = t(`palette.with.${to.slice(1)}` as MessageKey, { name });
    return { id: `with:${to}`, text, spots: match(typed, text)?.spots ?? [], sign: { Icon }, asset, perform: () => context.go(to, asset.id) };
  });
}

function actions(offered: Offered): Row[] {
  const { typed, context } = offered;
  const listed = possible(context).filter(({ id }) => id !== 'palette');
  return answering(typed, listed, ({ label, keywords }) => [t(label), t(keywords)]).map(({ each, text, spots }) => rowOf(each, text, spots, context));
}

const rowOf = ({ id, Icon, keys, perform }: Action, text: string, spots: readonly Spot[], context: ActionContext): Row => ({
  id,
  text,
  spots,
  keys: keys?.map((key) => (key === 'T' ? '⇧T' : key.toUpperCase())),
  sign: { Icon },
  perform: () => perform(context),
});

function creation({ typed, create }: Offered): Row {
  const prompt = typed.trim();
  const text = t('palette.create', { prompt });
  return { id: 'create', text, spots: match(prompt, text)?.spots ?? [], sign: { Icon: Sparkles }, perform: () => create(prompt) };
}

function jobRows({ typed, jobs, openJob }: Offered): Row[] {
  return answering(typed, jobs, (job) => [nameOfJob(job)])
    .slice(0, typed ? FEW : 2)
    .map(({ each, text, spots }) => ({ id: `job:${each.id}`, text, spots, note: t(`status.${each.status}` as MessageKey), sign: { job: each }, perform: () => openJob(each) }));
}

function templateRows({ typed, templates, openTemplate }: Offered): Row[] {
  if (!typed) return [];
  return answering(typed, templates, ({ name, platform, category }) => [name, `${platform} ${category}`])
    .slice(0, FEW)
    .map(({ each, text, spots }) => {
      const { width, height } = each.aspect_ratio;
      return { id: `template:${each.id}`, text, spots, note: t('size.pixels', { width, height }), sign: { shape: width / height }, perform: () => openTemplate(each) };
    });
}

/** The palette's groups, empty ones left out. */
export function groupsOf(offered: Offered): readonly Group[] {
  const { typed, assets, context } = offered;
  const [best] = assets;
  const doing = actions(offered);
  const deeds = typed && best ? deedsWith(best, offered).slice(0, 3) : [];
  const made = typed ? [creation(offered)] : [];
  const first: Group[] = typed || context.asset ? [] : [{ title: 'palette.recent', rows: pictures(offered) }];
  // Whoever types the name of a place or a deed wants that, whatever pictures answer too.
  const exact = doing.filter(({ spots }) => typed && spots[0]?.[0] === 0);
  const rest = doing.filter((row) => !exact.includes(row));
  const groups: Group[] = [
    { title: 'palette.do', rows: exact },
    ...(typed ? [{ title: 'palette.pictures' as const, rows: pictures(offered) }] : first),
    { title: 'palette.do', rows: [...deeds, ...rest.slice(0, typed ? 5 : 20), ...made] },
    ...(typed ? [] : context.asset ? [{ title: 'palette.recent' as const, rows: pictures(offered) }] : []),
    { title: 'palette.jobs', rows: jobRows(offered) },
    { title: 'palette.templates', rows: templateRows(offered) },
  ];
  return groups.filter(({ rows }) => rows.length > 0);
}
