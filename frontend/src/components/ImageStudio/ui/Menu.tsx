import { Check } from 'lucide-react';
import { cloneElement, lazy, Suspense, useState, type ReactNode } from 'react';
import { useParts, type MenuProps } from './menuParts';

const load = () => import('./MenuBody');
const ahead = () => void load();
const MenuBody = lazy(async () => ({ default: (await load()).MenuBody }));

/** A menu under a button. Not modal: the page stays scrollable, and no style element is needed for it. */
export function Menu(props: MenuProps) {
  const [asked, setAsked] = useState(false);
  const trigger = cloneElement(props.trigger, {
    onClick: () => setAsked(true),
    onPointerEnter: ahead,
    onFocus: ahead,
    'aria-haspopup': 'menu',
    'aria-expanded': false,
  });
  return asked ? (
    <Suspense fallback={trigger}>
      <MenuBody {...props} />
    </Suspense>
  ) : (
    trigger
  );
}

const row =
  'flex min-h-9 w-full cursor-pointer items-center gap-2.5 rounded-chip px-2.5 py-1.5 text-body outline-none data-[highlighted]:bg-sunken data-[disabled]:cursor-default data-[disabled]:opacity-60 max-sm:min-h-11';

interface MenuItemProps {
  icon?: ReactNode;
  children: ReactNode;
  disabled?: boolean;
  /** The menu stays open: it may be wanted again. */
  stays?: boolean;
  onSelect: () => void;
}

export function MenuItem({ icon, children, disabled = false, stays = false, onSelect }: MenuItemProps) {
  const { Item } = useParts();
  const select = (event: Event) => {
    if (stays) event.preventDefault();
    onSelect();
  };
  return (
    <Item disabled={disabled} onSelect={select} className={row}>
      {icon}
      {children}
    </Item>
  );
}

interface MenuChoicesProps {
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; text: string; note?: string | undefined; disabled?: boolean }[];
}

/** One of several, the chosen one ticked. */
export function MenuChoices({ value, onChange, options }: MenuChoicesProps) {
  const { ItemIndicator, RadioGroup, RadioItem } = useParts();
  return (
    <RadioGroup value={value} onValueChange={onChange}>
      {options.map((option) => (
        <RadioItem key={option.value} value={option.value} disabled={option.disabled ?? false} className={row}>
          <span className="min-w-0 flex-1">
            <span className="block font-[550]">{option.text}</span>
            {option.note && <span className="block text-caption text-muted">{option.note}</span>}
          </span>
          <ItemIndicator>
            <Check size={16} aria-hidden className="text-accent" />
          </ItemIndicator>
        </RadioItem>
      ))}
    </RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  const { Label } = useParts();
  return <Label className="px-2.5 py-2">{children}</Label>;
}

export function MenuLine() {
  const { Separator } = useParts();
  return <Separator className="mx-2.5 my-1.5 h-px bg-line" />;
}
