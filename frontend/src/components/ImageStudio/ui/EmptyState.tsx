import type { ReactNode } from 'react';

interface EmptyStateProps {
  title: string;
  /** Up to three pictures to begin with; a press takes one. */
  pictures: readonly { src: string; alt: string; onTake?: () => void }[];
  /** One strong button, and another way. */
  children: ReactNode;
}

/** Nothing here yet: real pictures to start from, never an illustration alone. */
export function EmptyState({ title, pictures, children }: EmptyStateProps) {
  return (
    <div className="max-w-[560px] rounded-panel border border-line p-4.5">
      <div className="grid grid-cols-3 gap-2.5">
        {pictures.map(({ src, alt, onTake }) =>
          onTake ? (
            <button key={src} type="button" aria-label={alt} onClick={onTake} className="rounded-control">
              <Sample src={src} />
            </button>
          ) : (
            <Sample key={src} src={src} />
          ),
        )}
      </div>
      <p className="mt-4 mb-3.5 text-section font-[600]">{title}</p>
      <div className="flex flex-wrap gap-2">{children}</div>
    </div>
  );
}

const Sample = ({ src }: { src: string }) => <img src={src} alt="" width={320} height={256} className="aspect-5/4 w-full rounded-control object-cover" />;
