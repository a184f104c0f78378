import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

const LOOKS = {
  ink: 'bg-ink text-on-ink hover:opacity-90',
  plain: 'quiet-control hover:bg-raised',
  quiet: 'bg-sunken hover:bg-raised',
  bare: 'hover:bg-sunken',
  danger: 'text-danger hover:bg-danger-soft',
};

type Look = keyof typeof LOOKS;

const base =
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-control font-[560] whitespace-nowrap transition duration-120 ease-studio active:scale-[.98] disabled:opacity-50';

interface ButtonProps extends ComponentProps<'button'> {
  look?: Look;
  small?: boolean;
}

/** The look of a button of 40 px, for links that lead on as buttons do. */
export const buttonLook = (look: Look, className?: string) =>
  clsx(base, LOOKS[look], 'h-10 px-4 text-body max-sm:h-11', className);

/** A button of 40 px, or 32 px where `small`; 44 px under a thumb. */
export function Button({ look = 'plain', small = false, className, ...rest }: ButtonProps) {
  const size = small ? 'h-8 px-3 text-second max-sm:h-11' : 'h-10 px-4 text-body max-sm:h-11';
  return <button type="button" className={clsx(base, LOOKS[look], size, className)} {...rest} />;
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** What a press does: the button's name and its tooltip. */
  label: string;
  look?: Look | 'over';
  children: ReactNode;
}

/** A square button of 36 px that shows only an icon. */
export function IconButton({ label, look = 'bare', className, children, ...rest }: IconButtonProps) {
  const skin = look === 'over' ? 'over hover:bg-raised' : LOOKS[look];
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={clsx(base, skin, 'size-9 max-sm:size-11', className)}
      {...rest}
    >
      {children}
    </button>
  );
}
