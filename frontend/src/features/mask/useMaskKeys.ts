import { useEffect, useRef } from 'react';
import { isTyping } from '~/actions/useShortcuts';
import { preferences } from '~/theme/preferences';
import type { MaskEngine } from './engine/engine';
import type { Pen, Tool } from './engine/pen';

interface MaskKeys {
  engine: MaskEngine;
  pen: Pen;
  onTool: (tool: Tool) => void;
  /** By how many hundredths the brush grows, or gets softer. */
  onSize: (by: number) => void;
  onSoftness: (by: number) => void;
  onSubject: () => void;
  onEdge: () => void;
  onPanning: (panning: boolean) => void;
  onZoom: (step: 'closer' | 'further' | 'whole' | 'actual') => void;
}

const ZOOMS: Record<string, Parameters<MaskKeys['onZoom']>[0]> = { '+': 'closer', '=': 'closer', '-': 'further', '0': 'whole', '1': 'actual' };

/** The keys of the tools; what brings a tool is told beside its name. */
export const TOOL_KEYS: Record<Tool, string> = { brush: 'B', eraser: 'E', lasso: 'L', polygon: 'P', rectangle: 'R', ellipse: 'O', point: 'C' };
const TOOL_OF = Object.fromEntries(Object.entries(TOOL_KEYS).map(([tool, key]) => [key.toLowerCase(), tool])) as Record<string, Tool>;

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
      // What is held is no letter in a menu; and who wants no single keys still closes a shape.
      if (isTyping(event.target) || event.altKey || event.ctrlKey || event.metaKey) return;
      const done = shape(event, latest.current) || (preferences().keys && perform(event, latest.current));
      if (done) event.preventDefault();
    };
    addEventListener('keydown', press, { signal });
    addEventListener('keyup', ({ key }) => key === ' ' && latest.current.onPanning(false), { signal });
    addEventListener('blur', () => latest.current.onPanning(false), { signal });
    return () => stop.abort();
  }, []);
}

/** Whether a key did something to the polygon that is open. */
function shape({ key }: KeyboardEvent, { pen }: MaskKeys): boolean {
  if (key === 'Enter') return pen.close();
  if (key === 'Escape') return pen.drop();
  return key === 'Backspace' && pen.back();
}

/** Brackets, and for keyboards that hide them, the keys of comma and full stop; with Shift those are called by where they are. */
const SIZES: Record<string, number> = { '[': -6, '{': -6, ']': 6, '}': 6, ',': -6, '.': 6 };
const SHIFTED: Record<string, number> = { Comma: -6, Period: 6 };

/** Whether a key was one of ours. */
function perform(event: KeyboardEvent, { engine, onTool, onSize, onSoftness, onSubject, onEdge, onPanning, onZoom }: MaskKeys): boolean {
  const key = event.key.toLowerCase();
  const onButton = event.target instanceof Element && event.target.closest('button, a, [role=slider]') !== null;
  const size = SIZES[key] ?? (event.shiftKey ? SHIFTED[event.code] : undefined);
  if (TOOL_OF[key] && !event.shiftKey) onTool(TOOL_OF[key]);
  else if (size !== undefined) (event.shiftKey ? onSoftness : onSize)(size);
  else if (key === 'i') engine.invert();
  else if (key === 'w') onSubject();
  else if (key === 'f') onEdge();
  else if (key === 'delete' && event.shiftKey) engine.clear();
  else if (key === ' ' && !onButton) onPanning(true);
  else if (ZOOMS[key]) onZoom(ZOOMS[key]);
  else return false;
  return true;
}
