// An edge that moves: stripes drawn over whatever is opaque on a canvas, a little further each time.

const EVERY_MS = 90;
const STRIPE = 5;

function stripes(): HTMLCanvasElement {
  const side = 2 * STRIPE;
  const tile = Object.assign(document.createElement('canvas'), { width: side, height: side });
  const context = tile.getContext('2d');
  if (!context) return tile;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      context.fillStyle = (x + y) % side < STRIPE ? 'white' : 'black';
      context.fillRect(x, y, 1, 1);
    }
  }
  return tile;
}

/** Lets the edge on a canvas march until the returned function is called; for who wants no motion it stands. */
export function marching(canvas: HTMLCanvasElement): () => void {
  const context = canvas.getContext('2d');
  const pattern = context?.createPattern(stripes(), 'repeat');
  if (!context || !pattern) return () => {};
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let phase = 0;
  const step = () => {
    phase = still ? 0 : (phase + 1) % (2 * STRIPE);
    pattern.setTransform(new DOMMatrix([1, 0, 0, 1, phase, 0]));
    context.save();
    context.globalCompositeOperation = 'source-in';
    context.fillStyle = pattern;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.restore();
  };
  step();
  // Standing stripes are drawn now and then, too: the mask below them may have changed.
  const timer = setInterval(step, EVERY_MS);
  return () => clearInterval(timer);
}
