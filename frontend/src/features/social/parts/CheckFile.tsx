import { CircleCheck, CircleX, FileUp } from 'lucide-react';
import { useMemo, useState, type DragEvent } from 'react';
import { t } from '~/app/i18n';
import { ProblemBanner } from '~/components/ImageStudio/ProblemBanner';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { fieldSkin } from '~/components/ImageStudio/ui/Field';
import { LoadingSkeleton } from '~/components/ImageStudio/ui/LoadingSkeleton';
import { FileButton } from '~/features/picture/parts/FileButton';
import { bytes } from '~/lib/format';
import type { Place } from '../kit';
import { usePlatforms, useShelf } from '../queries';
import { useVerdict } from '../verdict';
import { CheckList } from './RuleList';

interface CheckFileProps {
  /** What is looked at first. */
  first: Place | undefined;
  onClose: () => void;
}

/** A finished file, wherever it was made, held against the rules of a network; nothing of it is kept. */
export function CheckFile({ first, onClose }: CheckFileProps) {
  const [file, setFile] = useState<File | null>(null);
  const [platform, setPlatform] = useState(first?.platform ?? 'instagram');
  const [format, setFormat] = useState(first?.id ?? '');
  const shelf = useShelf([platform]);
  const places = [...shelf.places.values()];
  const chosen = places.find(({ id }) => id === format) ?? places[0];
  const { data: verdict, error, isFetching } = useVerdict(file, chosen);
  const { data: platforms = [] } = usePlatforms();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setFile(event.dataTransfer.files[0] ?? file);
  };
  return (
    <Dialog title={t('check.title')} open onClose={onClose} wide>
      <div className="scroll-quiet grid gap-6 overflow-y-auto px-5 pb-5 lg:grid-cols-[320px_1fr]">
        <div className="flex min-w-0 flex-col gap-3">
          <div onDragOver={(event) => event.preventDefault()} onDrop={drop} className="flex min-h-60 flex-col items-center justify-center gap-3 overflow-hidden rounded-panel border-2 border-dashed border-line p-3 text-center">
            {file ? <Shown file={file} /> : <FileUp size={28} strokeWidth={1.5} aria-hidden className="text-muted" />}
            <FileButton label={t('check.file')} look={file ? 'plain' : 'ink'} onFiles={([taken]) => setFile(taken ?? null)}>
              {file ? t('check.other') : t('check.choose')}
            </FileButton>
            {!file && <p className="text-second text-muted">{t('check.note')}</p>}
          </div>
          <div className="grid grid-cols-2 gap-2">
            <Choice label={t('check.network')} value={platform} options={platforms.map(({ key, name }) => [key, name])} onChange={setPlatform} />
            <Choice label={t('check.format')} value={chosen?.id ?? ''} options={places.map(({ id, name }) => [id, name])} onChange={setFormat} />
          </div>
        </div>
        <div aria-live="polite" className="min-w-0">
          {error && <ProblemBanner problem={error} />}
          {isFetching && !verdict && <LoadingSkeleton className="h-60" />}
          {!file && <p className="py-2 text-muted">{t('check.empty')}</p>}
          {verdict && (
            <>
              <p className={`flex items-center gap-2 text-section font-[620] ${verdict.ok ? 'text-ok' : 'text-danger'}`}>
                {verdict.ok ? <CircleCheck size={19} aria-hidden /> : <CircleX size={19} aria-hidden />}
                {verdict.ok ? t('check.right', { name: verdict.format }) : t('check.wrong', { name: verdict.format })}
              </p>
              <p className="text-second text-muted tabular-nums">{factsOf(verdict.measured)}</p>
              <CheckList checks={verdict.checks} />
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}

const factsOf = ({ type, width, height, bytes: size }: { type: string; width: number | null; height: number | null; bytes: number }) =>
  [type.toUpperCase(), width && height ? t('size.pixels', { width, height }) : '', bytes(size)].filter(Boolean).join(', ');

/** The file itself, as the browser shows it. */
function Shown({ file }: { file: File }) {
  const address = useMemo(() => URL.createObjectURL(file), [file]);
  return (
    <>
      <img src={address} alt="" onLoad={() => URL.revokeObjectURL(address)} className="max-h-52 max-w-full rounded-control object-contain" />
      <p className="max-w-full truncate text-second font-[560]">{file.name}</p>
    </>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <label className="min-w-0 text-second font-[550]">
      {label}
      <select value={value} onChange={({ target }) => onChange(target.value)} className={`${fieldSkin} mt-1.5 h-11 border-line-strong`}>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
