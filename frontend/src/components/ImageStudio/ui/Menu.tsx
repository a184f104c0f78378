import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

interface MenuProps {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  /** As wide as what opens it. */
  fitted?: boolean;
}

/** A menu under a button. Not modal: the page stays scrollable, and no style element is needed for it. */
export function Menu({ trigger, children, align = 'end', fitted = false }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={6}
          collisionPadding={12}
          className={clsx(
            'pop scroll-quiet z-50 max-h-(--radix-dropdown-menu-content-available-height) animate-appear overflow-y-auto rounded-button p-1.5',
            fitted ? 'w-(--radix-dropdown-menu-trigger-width)' : 'min-w-56',
          )}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
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
  const select = (event: Event) => {
    if (stays) event.preventDefault();
    onSelect();
  };
  return (
    <DropdownMenu.Item disabled={disabled} onSelect={select} className={row}>
      {icon}
      {children}
    </DropdownMenu.Item>
  );
}

interface MenuChoicesProps {
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; text: string; note?: string | undefined; disabled?: boolean }[];
}

/** One of several, the chosen one ticked. */
export function MenuChoices({ value, onChange, options }: MenuChoicesProps) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} disabled={option.disabled ?? false} className={row}>
          <span className="min-w-0 flex-1">
            <span className="block font-[550]">{option.text}</span>
            {option.note && <span className="block text-caption text-muted">{option.note}</span>}
          </span>
          <DropdownMenu.ItemIndicator>
            <Check size={16} aria-hidden className="text-accent" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2.5 py-2">{children}</DropdownMenu.Label>;
}

export const MenuLine = () => <DropdownMenu.Separator className="mx-2.5 my-1.5 h-px bg-line" />;
