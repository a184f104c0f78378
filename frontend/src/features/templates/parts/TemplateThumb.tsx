import { LayoutTemplate } from 'lucide-react';
import type { Template } from '~/api/types';
import { within } from '../find';
import { pictureOf } from '../pictures';

const SMALL = { width: 48, height: 48 };

interface TemplateThumbProps {
  template: Template;
  /** What it fits into, in pixels. */
  box?: { width: number; height: number };
}

/** A template's true shape, filled with a picture made for it. */
export function TemplateThumb({ template, box = SMALL }: TemplateThumbProps) {
  const { width, height } = template.aspect_ratio;
  const size = within(width, height, box);
  const src = pictureOf(template.id);
  const skin = 'rounded-[6px] bg-sunken shadow-[0_1px_4px_rgb(0_0_0/14%)]';
  if (!src) {
    return (
      <span className={`flex items-center justify-center ${skin}`} style={size}>
        <LayoutTemplate size={15} aria-hidden className="text-muted" />
      </span>
    );
  }
  return <img src={src} alt="" {...size} style={size} loading="lazy" decoding="async" className={`object-cover ${skin}`} />;
}
