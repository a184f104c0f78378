import {
  Eraser,
  Expand,
  Lightbulb,
  PaintBucket,
  Palette,
  Replace,
  Scissors,
  SlidersHorizontal,
  WandSparkles,
  type LucideIcon,
} from 'lucide-react';

const ICONS: Record<string, LucideIcon> = {
  remove_background: Scissors,
  erase: Eraser,
  inpaint: PaintBucket,
  outpaint: Expand,
  search_replace: Replace,
  search_recolor: Palette,
  relight: Lightbulb,
  general_edit: SlidersHorizontal,
};

/** An operation's icon; one that we have never heard of still gets one. */
export const iconOf = (key: string): LucideIcon => ICONS[key] ?? WandSparkles;
