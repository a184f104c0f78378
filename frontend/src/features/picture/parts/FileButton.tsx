import { useRef, type ReactNode } from 'react';
import { Button } from '~/components/ImageStudio/ui/Button';
import { ACCEPTED } from '../usePictureSource';

interface FileButtonProps {
  /** The name of the file field. */
  label: string;
  look?: 'ink' | 'plain';
  small?: boolean;
  disabled?: boolean;
  onFiles: (files: readonly File[]) => void;
  children: ReactNode;
}

/** A button that asks for a picture file. */
export function FileButton({ label, look = 'plain', small = false, disabled = false, onFiles, children }: FileButtonProps) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button look={look} small={small} disabled={disabled} onClick={() => field.current?.click()}>
        {children}
      </Button>
      <input
        ref={field}
        type="file"
        hidden
        aria-label={label}
        accept={ACCEPTED}
        onChange={({ target }) => {
          if (target.files?.length) onFiles([...target.files]);
          target.value = '';
        }}
      />
    </>
  );
}
