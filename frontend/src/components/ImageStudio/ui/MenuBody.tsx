import { clsx } from 'clsx';
import { DropdownMenu } from 'radix-ui';
import { useContext } from 'react';
import { Inside } from '~/features/trouble/above';
import { MenuParts, type MenuProps } from './menuParts';

/** A menu that was opened. */
export function MenuBody({ trigger, children, align = 'end', fitted = false }: MenuProps) {
  // Within the page's landmark, but never below the dialog that it belongs to.
  const inside = useContext(Inside);
  return (
    <MenuParts value={DropdownMenu}>
      <DropdownMenu.Root modal={false} defaultOpen>
        <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
        <DropdownMenu.Portal container={inside ? undefined : document.getElementById('page')}>
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
    </MenuParts>
  );
}
