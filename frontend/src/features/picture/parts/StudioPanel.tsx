import type { ReactNode } from 'react';
import { GlassyCard } from '~/components/ImageStudio/ui/GlassyCard';
import { useWide } from '~/lib/react';

interface StudioPanelProps {
  label: string;
  /** The cost button, in whatever state it is. */
  button: ReactNode;
  children: ReactNode;
}

/** A studio's form beside its picture, its button always in sight; below the picture where there is no room. */
export function StudioPanel({ label, button, children }: StudioPanelProps) {
  const wide = useWide();
  return (
    <>
      <GlassyCard aria-label={label} className="flex shrink-0 flex-col lg:w-76 lg:overflow-hidden xl:w-84">
        <div className="scroll-quiet flex min-h-0 flex-1 flex-col gap-5 p-4.5 lg:overflow-y-auto">{children}</div>
        {wide && <div className="p-4.5 pt-2 pb-3.5">{button}</div>}
      </GlassyCard>
      {!wide && <div className="foot-fade sticky bottom-3 z-20 max-sm:bottom-[calc(92px+env(safe-area-inset-bottom))]">{button}</div>}
    </>
  );
}
