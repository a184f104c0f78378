import { useEffect, useRef } from 'react';
import { isTyping } from '~/actions/useShortcuts';
import type { MaskEngine } from './engine/engine';
import type { Tool } from './engine/pen';

interface MaskKeys {
  engine: MaskEngine;
  onTool: (tool: Tool) => void;
  /** By how many hundredths the brush grows. */
  onSize: (by: number) => void;
  onSubject: () => void;
  onPanning: (panning: boolean) => void;
  onZoom: (step: 'closer' | 'further' | 'whole' | 'actual') => void;
}

const ZOOMS: Record<string, Parameters<MaskKeys['onZoom']>[0]> = { '+': 'closer', '=': 'closer', '-': 'further', '0': 'whole', '1': 'actual' };
const TOOLS: Record<string, Tool> = { b: 'brush', e: 'eraser', r: 'rectangle' };

/** The editor's keys, wherever on the page one is, while nobody writes. */
export function useMaskKeys(keys: MaskKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const press = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.altKey) return;
      if (perform(event, latest.current)) event.preventDefault();
    };
    addEventListener('keydown', press, { signal });
    addEventListener('keyup', ({ key }) => key === ' ' && latest.current.onPanning(false), { signal });
    addEventListener('blur', () => latest.current.onPanning(false), { signal });
    return () => stop.abort();
  }, []);
}

/** Whether a key was one of ours. */
function perform(event: KeyboardEvent, { engine, onTool, onSize, onSubject, onPanning, onZoom }: MaskKeys): boolean {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key !== 'z' && key !== 'y') return false;
    if (key === 'y' || event.shiftKey) engine.redo();
    else engine.undo();
    return true;
  }
  const onButton = event.target instanceof Element && event.target.closest('button, a, [role=slider]') !== null;
  if (TOOLS[key]) onTool(TOOLS[key]);
  else if (key === '[') onSize(-6);
  else if (key === ']') onSize(6);
  else if (key === 'i') engine.invert();
  else if (key === 'w') onSubject();
  else if (key === 'delete' && event.shiftKey) engine.clear();
  else if (key === ' ' && !onButton) onPanning(true);
  else if (ZOOMS[key]) onZoom(ZOOMS[key]);
  else return false;
  return true;
}
