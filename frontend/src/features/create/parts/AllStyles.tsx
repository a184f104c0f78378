import { t } from '~/app/i18n';
import { Button } from '~/components/ImageStudio/ui/Button';
import { Dialog } from '~/components/ImageStudio/ui/Dialog';
import { STYLES } from '../styles';
import { StyleSwatch } from './StylePicker';

interface AllStylesProps {
  value: string;
  onChange: (style: string) => void;
  onClose: () => void;
}

/** Every style there is, and the choice of none. */
export function AllStyles({ value, onChange, onClose }: AllStylesProps) {
  const choose = (style: string) => {
    onChange(style);
    onClose();
  };
  return (
    <Dialog title={t('create.styleTitle')} open onClose={onClose} wide>
      <div className="scroll-quiet overflow-y-auto px-5 pt-1 pb-5">
        <div role="group" aria-label={t('create.style')} className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-5">
          {STYLES.map((style) => (
            <StyleSwatch key={style} style={style} on={style === value} onPress={() => choose(style)} />
          ))}
        </div>
        <Button onClick={() => choose('')} className="mt-4">
          {t('create.styleNone')}
        </Button>
      </div>
    </Dialog>
  );
}
