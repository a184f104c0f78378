import { t } from '~/app/i18n';
import { Button } from './ui/Button';

const LOCAL = 'local';
const ENGINE_TROUBLE = /^(insufficient-credits|no-provider|provider-|outcome-unknown)/;

interface UseLocalProps {
  /** The problem's code. */
  code: string;
  /** The engine that was asked. */
  engine: string | null | undefined;
  onUse: (engine: string) => void;
}

/** The way out that costs nothing, where another engine or its price was the trouble. */
export function UseLocal({ code, engine, onUse }: UseLocalProps) {
  if (engine === LOCAL || !ENGINE_TROUBLE.test(code)) return null;
  return <Button onClick={() => onUse(LOCAL)}>{t('engine.useLocal')}</Button>;
}
