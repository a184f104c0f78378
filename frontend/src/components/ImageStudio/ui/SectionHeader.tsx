import type { ReactNode } from 'react';

interface SectionHeaderProps {
  title: string;
  note?: ReactNode;
  children?: ReactNode;
  /** Of the heading, within the page. */
  level?: 2 | 3;
}

/** A section's title with its fact beside it and its actions at the end of the line. */
export function SectionHeader({ title, note, children, level = 2 }: SectionHeaderProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className="flex min-h-9 items-center gap-2">
      <Heading className="text-section font-[620]">{title}</Heading>
      {note !== undefined && <span className="truncate text-second text-muted tabular-nums">{note}</span>}
      <div className="ml-auto flex items-center gap-2">{children}</div>
    </div>
  );
}
