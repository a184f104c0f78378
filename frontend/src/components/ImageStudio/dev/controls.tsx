import { Brush, Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { t } from '~/app/i18n';
import { about, money } from '~/lib/format';
import { Progress } from '../ui/Progress';
import { Button, IconButton } from '../ui/Button';
import { CostButton, WorkingButton } from '../ui/CostButton';
import { Field } from '../ui/Field';
import { GlassyCard } from '../ui/GlassyCard';
import { Kbd } from '../ui/Kbd';
import { Mark } from '../ui/Mark';
import { SectionHeader } from '../ui/SectionHeader';
import { Segmented } from '../ui/Segmented';
import { ShapeGlyph } from '../ui/ShapeGlyph';
import { Slider } from '../ui/Slider';
import { StatusChip } from '../ui/StatusChip';
import { Toggle } from '../ui/Toggle';

const nothing = () => {};

export function CostButtons() {
  const verb = t('create.generate', { pictures: 4 });
  const [free, paid] = [money(0), money(0.32)];
  return (
    <div className="grid gap-3 xl:grid-cols-2">
      <CostButton verb={verb} price={free} time={about(6)} busy={false} onPress={nothing} />
      <CostButton verb={verb} price={paid} time={about(12)} busy={false} onPress={nothing} />
      <WorkingButton label={t('create.making', { number: 3, total: 4 })} progress={0.62} onCancel={nothing} />
      <CostButton verb={verb} price={free} time={about(6)} busy onPress={nothing} />
      <CostButton verb={verb} price={free} time={undefined} blocked={t('dev.mask')} busy={false} onPress={nothing} />
    </div>
  );
}

export function Fields() {
  return (
    <>
      <Field label={t('dev.name')} placeholder={t('dev.nameHint')} note={t('dev.nameNote')} />
      <Field label={t('dev.width')} defaultValue="400" inputMode="numeric" unit={t('upscale.px')} error={t('dev.widthWrong')} />
      <Field label={t('dev.disabled')} defaultValue={t('dev.nameHint')} disabled />
    </>
  );
}

export function Choices() {
  const [shape, setShape] = useState('1:1');
  const [strength, setStrength] = useState(40);
  const [on, setOn] = useState(true);
  const shapes = [
    { value: '1:1', text: '1:1', icon: <ShapeGlyph ratio={1} /> },
    { value: '4:5', text: '4:5', icon: <ShapeGlyph ratio={0.8} /> },
    { value: '16:9', text: '16:9', icon: <ShapeGlyph ratio={1.78} /> },
  ];
  return (
    <>
      <Segmented label={t('dev.shape')} value={shape} options={shapes} onChange={setShape} />
      <Slider label={t('dev.strength')} value={strength} min={0} max={100} text={t('results.percent', { percent: strength })} onChange={setStrength} />
      <Toggle name={t('dev.zones')} note={t('dev.zonesNote')} on={on} onChange={setOn} />
      <Toggle name={t('dev.disabled')} on={!on} onChange={(next) => setOn(!next)} />
    </>
  );
}

export function Buttons() {
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Button look="ink">{t('action.done')}</Button>
        <Button>{t('action.open')}</Button>
        <Button look="quiet">{t('action.retry')}</Button>
        <Button look="bare">{t('trouble.details')}</Button>
        <Button look="danger">{t('dev.danger')}</Button>
        <Button disabled>{t('dev.disabled')}</Button>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button small>{t('action.open')}</Button>
        <IconButton label={t('mask.brush')}>
          <Brush size={18} aria-hidden />
        </IconButton>
        <IconButton label={t('asset.save')} look="plain">
          <Download size={18} aria-hidden />
        </IconButton>
        <IconButton label={t('asset.trash')} look="over">
          <Trash2 size={18} aria-hidden />
        </IconButton>
      </div>
    </>
  );
}

export function Chips() {
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <StatusChip tone="ok">{t('dev.ready')}</StatusChip>
        <StatusChip tone="quiet">{t('dev.queued')}</StatusChip>
        <StatusChip tone="busy">{t('dev.working')}</StatusChip>
        <StatusChip tone="warn">{t('dev.unsure')}</StatusChip>
        <StatusChip tone="danger">{t('dev.failed')}</StatusChip>
      </div>
      <Progress value={0.62} label={t('results.progress')} />
    </>
  );
}

export function Cards() {
  return (
    <GlassyCard className="p-4.5">
      <SectionHeader title={t('dev.section')} note={t('dev.sectionNote')} level={3}>
        <Button small>{t('results.again')}</Button>
      </SectionHeader>
      <div className="mt-3 flex items-center gap-3">
        <Mark size={36} />
        <Kbd>{t('keys.run')}</Kbd>
      </div>
    </GlassyCard>
  );
}
