import type { ReactNode } from 'react';

interface SettingRowProps {
  name: string;
  note?: ReactNode;
  children: ReactNode;
}

/** One thing to choose: what it is at the left, the choice at the right; below each other where it is narrow. */
export function SettingRow({ name, note, children }: SettingRowProps) {
  return (
    <div className="flex items-center justify-between gap-x-8 gap-y-3 border-t border-line py-4 first:border-t-0 first:pt-0 max-sm:flex-col max-sm:items-stretch">
      <div className="min-w-0">
        <p className="font-[580]">{name}</p>
        {note !== undefined && <p className="text-second text-muted">{note}</p>}
      </div>
      <div className="shrink-0 sm:min-w-60">{children}</div>
    </div>
  );
}
