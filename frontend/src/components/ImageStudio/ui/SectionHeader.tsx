import type { ReactNode } from 'react';

interface SectionHeaderProps {
  title: string;
  note?: ReactNode;
  children?: ReactNode;
}

/** A section's title with its fact beside it and its actions at the end of the line. */
export function SectionHeader({ title, note, children }: SectionHeaderProps) {
  return (
    <div className="flex min-h-9 items-center gap-2">
      <h2 className="text-section font-[620]">{title}</h2>
      {note !== undefined && <span className="truncate text-second text-muted tabular-nums">{note}</span>}
      <div className="ml-auto flex items-center gap-2">{children}</div>
    </div>
  );
}
