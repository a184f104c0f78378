import { CircleAlert } from 'lucide-react';
import { clsx } from 'clsx';
import { useId, type ComponentProps, type ReactNode } from 'react';

export const fieldSkin =
  'w-full rounded-control border bg-solid px-3 text-section placeholder:text-muted transition duration-120 focus:outline-2 focus:-outline-offset-1 focus:outline-accent max-sm:text-[16px]';

interface FieldProps extends ComponentProps<'input'> {
  label: string;
  note?: string;
  /** The sentence of whoever refused the value. */
  error?: string | undefined;
  /** Stands after the value: "px". */
  unit?: string;
}

/** A labelled text field of 44 px; its error stands right below it. */
export function Field({ label, note, error, unit, className, ...rest }: FieldProps) {
  const id = useId();
  const describedBy = error ? `${id}-error` : note ? `${id}-note` : undefined;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-second font-[550]">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          aria-invalid={error !== undefined}
          aria-describedby={describedBy}
          className={clsx(fieldSkin, 'h-11', unit && 'pr-10', error ? 'border-danger' : 'border-line-strong')}
          {...rest}
        />
        {unit && (
          <span aria-hidden className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-muted">
            {unit}
          </span>
        )}
      </div>
      {note && !error && (
        <p id={`${id}-note`} className="mt-1.5 text-caption text-muted">
          {note}
        </p>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} role="alert" className="mt-1.5 flex gap-1.5 text-second font-[550] text-danger">
      <CircleAlert aria-hidden size={15} className="mt-0.5 shrink-0" />
      {children}
    </p>
  );
}
