// What menus are made of: it comes with the first menu that is opened, since few are on a first look.
import type { DropdownMenu } from 'radix-ui';
import { createContext, useContext, type ReactElement, type ReactNode } from 'react';

export const MenuParts = createContext<typeof DropdownMenu | null>(null);

export function useParts(): typeof DropdownMenu {
  const parts = useContext(MenuParts);
  if (!parts) throw new Error('a part of a menu stands outside a menu');
  return parts;
}

export interface MenuProps {
  trigger: ReactElement<TriggerProps>;
  children: ReactNode;
  align?: 'start' | 'end';
  /** As wide as what opens it. */
  fitted?: boolean;
}

interface TriggerProps {
  onClick?: () => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
  'aria-haspopup'?: 'menu';
  'aria-expanded'?: boolean;
}
