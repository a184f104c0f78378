import { useEffect, useRef, useState } from 'react';
import { isTyping } from '~/actions/useShortcuts';
import type { MaskEngine } from '~/features/mask/engine/engine';
import { useMaskSteps } from '~/features/mask/useMask';

interface StepsInput {
  engine: MaskEngine;
  /** Whether the mask is what is worked on right now. */
  masking: boolean;
  /** The ids of the line, the oldest first. */
  line: readonly string[];
  current: string;
  onGo: (id: string) => void;
}

/** One way back for everything: first what was marked, then the steps of the picture. */
export function useSteps({ engine, masking, line, current, onGo }: StepsInput) {
  useMaskSteps(engine);
  const index = line.indexOf(current);
  const [before, after] = [index > 0 ? line[index - 1] : undefined, index >= 0 ? line[index + 1] : undefined];
  // Marks that were taken back before one came here are older than the step that follows.
  const [arrived] = useState(engine.steps);
  const [marks, remarks] = [masking && engine.canUndo, masking && engine.canRedo && (engine.steps !== arrived || after === undefined)];
  const undo = () => (marks ? engine.undo() : before !== undefined && onGo(before));
  const redo = () => (remarks ? engine.redo() : after !== undefined && onGo(after));
  const latest = useRef({ undo, redo });
  useEffect(() => {
    latest.current = { undo, redo };
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y') || isTyping(event.target)) return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) latest.current.redo();
      else latest.current.undo();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return { undo, redo, canUndo: marks || before !== undefined, canRedo: remarks || after !== undefined };
}
