import { expect, test } from 'vitest';

import { cropAround } from './crop';
import vectors from './crop-vectors.json';

test.each(vectors)('$source to $format around $focus is what the server cuts', ({ source, format, focus, crop }) => {
  const found = cropAround(
    { width: source[0]!, height: source[1]! },
    { width: format[0]!, height: format[1]! },
    { x: focus[0]!, y: focus[1]! },
  );
  expect(found).toEqual(crop);
});
