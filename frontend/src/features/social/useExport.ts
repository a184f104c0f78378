// The facade that the social page speaks to: what is chosen, what it would cost, its job, and what came of it.
import { useMemo, useState } from 'react';
import type { Asset } from '~/api/types';
import { useStudioRun } from '~/features/jobs/useStudioRun';
import type { Job } from '~/api/types';
import { isActive, type Run } from '~/features/jobs/run';
import type { Aim } from './aim';
import { bodyOf, firstForm, type SocialForm } from './form';
import { platformsOf, recallKeys, rememberKeys } from './kit';
import { useShelf, useSocial } from './queries';
import { useLooked, useSamples } from './looking';
import { foundIn, keysOf, outcomesOf, sumOf } from './results';
import { useBoard } from './useBoard';

interface ExportInput {
  asset: Asset;
  run: Run | undefined;
  onStarted: (job: Job) => void;
}

export function useExport({ asset, run, onStarted }: ExportInput) {
  const [form, setForm] = useState<SocialForm>(() => firstForm(run ? keysOf(run) : recallKeys()));
  // The request that the last export was made of; null for one that was opened by its address.
  const [made, setMade] = useState<string | null>(null);
  const [moving, setMoving] = useState(false);

  const source = { width: asset.width ?? 1, height: asset.height ?? 1 };
  const shelf = useShelf(platformsOf(form.formats));
  const places = form.formats.flatMap((key) => shelf.places.get(key) ?? []);
  const known = { ...form, formats: places.map(({ key }) => key) };
  const body = shelf.pending ? null : bodyOf(known, { id: asset.id, ...source }, shelf.places);
  const said = JSON.stringify(body);
  const studio = useStudioRun({
    run,
    body,
    mutation: useSocial(),
    onStarted: (job) => {
      setMade(said);
      onStarted(job);
    },
  });

  const outcomes = useMemo(() => (run ? outcomesOf(run) : undefined), [run]);
  const found = useMemo(() => (run && outcomes ? foundIn(run, outcomes) : {}), [run, outcomes]);
  const looked = useLooked(asset.id, known);
  const aim = useMemo(() => ({ ...form.aim, found: { ...looked.found, ...found }, faces: looked.faces }), [form.aim, looked.found, looked.faces, found]);
  const samples = useSamples(body);
  const holds = outcomes !== undefined && !moving && (made === null || made === said);
  const change = (part: Partial<SocialForm>) => {
    setMoving(false);
    if (made === null && run) setMade('');
    if (part.formats) rememberKeys(part.formats);
    setForm((before) => ({ ...before, ...part }));
  };
  return {
    ...studio,
    form: known,
    aim,
    board: useBoard(aim),
    source,
    places,
    shelf,
    /** What became of the formats, as long as nothing was changed since. */
    outcomes: holds ? outcomes : undefined,
    /** Every file small, where something is laid over them. */
    samples: moving ? undefined : samples,
    names: looked.names,
    looking: looked.looking,
    sum: holds && outcomes ? sumOf(outcomes) : undefined,
    /** Files can be taken along. */
    done: holds && run !== undefined && !isActive(run.job) && studio.results.length > 0,
    change,
    begin: () => setMoving(true),
    turn: (next: Aim) => change({ aim: { ...next, found: {}, faces: [] } }),
  };
}
