import { Download, Heart } from 'lucide-react';
import { useState } from 'react';
import { StudioProblem } from '~/api/errors';
import { t } from '~/app/i18n';
import { say } from '~/features/toasts/store';
import { ShortChoices } from '~/features/trouble/parts/ShortDialog';
import { money } from '~/lib/format';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Menu, MenuChoices, MenuItem, MenuLabel, MenuLine } from '../ui/Menu';

const nothing = () => {};
const card = 'pop rounded-panel pt-4';
const head = 'px-5 pb-3 text-title font-[620]';

/** What a job dearer than the credit left asks. */
export function Short() {
  const problem = new StudioProblem({ status: 402, code: 'insufficient-credits', needed: 32, available: 20 });
  return (
    <div className={card}>
      <h3 className={head}>{t('short.title')}</h3>
      <ShortChoices problem={problem} asked={4} local={money(0)} paid={2} some={money(0.16)} onLocal={nothing} onFewer={nothing} onLeave={nothing} />
    </div>
  );
}

/** The door on top of the work. */
export function Door() {
  return (
    <div className={card}>
      <h3 className={head}>{t('signin.again')}</h3>
      <div className="px-5 pb-5">
        <p className="mb-4 text-second text-muted">{t('signin.againKept')}</p>
        <div className="flex flex-wrap gap-2">
          <Button look="ink">{t('signin.enter')}</Button>
          <Button>
            <Download size={16} aria-hidden />
            {t('mask.save')}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** What opens above a page, to be opened. */
export function Overlays() {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState('light');
  const themes = [
    { value: 'light', text: t('theme.light') },
    { value: 'dark', text: t('theme.dark'), note: t('dev.nameNote') },
    { value: 'system', text: t('theme.system'), disabled: true },
  ];
  const undo = { label: t('action.undo'), perform: nothing };
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setOpen(true)}>{t('dev.dialog')}</Button>
      <Menu trigger={<Button>{t('dev.menu')}</Button>} align="start">
        <MenuLabel>{t('theme.label')}</MenuLabel>
        <MenuLine />
        <MenuChoices value={chosen} onChange={setChosen} options={themes} />
        <MenuItem icon={<Heart size={16} aria-hidden />} onSelect={nothing}>
          {t('asset.favorite')}
        </MenuItem>
      </Menu>
      <Button onClick={() => say({ text: t('asset.trashed'), action: undo })}>{t('dev.toast')}</Button>
      <Dialog title={t('dev.dialog')} open={open} onClose={() => setOpen(false)}>
        <p className="px-5 pb-5">{t('dev.dialogText')}</p>
      </Dialog>
    </div>
  );
}
