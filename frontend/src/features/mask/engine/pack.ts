// Tiles made small: masks are flat or change evenly, so what a neighbour doesn't foretell is little. Pure, and exact.

const ZEROS = 128;
const LITERALS = 64;
const WORTH_A_RUN = 3;
const PAIR = 0x80;
const LITERAL = 0xc0;

/** What the pixels to the left and above say a pixel will be. */
function foretold(bytes: Uint8Array, at: number, wide: number): number {
  const [inRow, below] = [at % wide > 0, at >= wide];
  if (inRow && below) return bytes[at - 1]! + bytes[at - wide]! - bytes[at - wide - 1]!;
  return inRow ? bytes[at - 1]! : below ? bytes[at - wide]! : 0;
}

const small = (rest: number | undefined) => rest !== undefined && (rest < 4 || rest >= 252);

/** The bytes of an image `wide` pixels wide, in as few as it takes; `unpack` gives them back as they were. */
export function pack(bytes: Uint8Array, wide: number): Uint8Array {
  const rest = bytes.map((byte, at) => byte - foretold(bytes, at, wide));
  const out: number[] = [];
  const zerosAt = (at: number) => {
    let end = at;
    while (end < rest.length && end - at < ZEROS && rest[end] === 0) end++;
    return end - at;
  };
  const plain = (at: number) => zerosAt(at) < WORTH_A_RUN && !(small(rest[at]) && small(rest[at + 1]));
  for (let at = 0; at < rest.length; ) {
    const zeros = zerosAt(at);
    if (zeros >= WORTH_A_RUN) {
      out.push(zeros - 1);
      at += zeros;
    } else if (!plain(at)) {
      out.push(PAIR | (((rest[at]! + 4) & 7) << 3) | ((rest[at + 1]! + 4) & 7));
      at += 2;
    } else {
      const start = at;
      do at++;
      while (at < rest.length && at - start < LITERALS && plain(at));
      out.push(LITERAL | (at - start - 1), ...rest.subarray(start, at));
    }
  }
  return Uint8Array.from(out);
}

/** What was packed, `length` bytes. */
export function unpack(packed: Uint8Array, wide: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  const put = (rest: number) => {
    bytes[at] = foretold(bytes, at, wide) + rest;
    at++;
  };
  for (let read = 0; read < packed.length; ) {
    const sign = packed[read++]!;
    if (sign < PAIR) for (let left = sign + 1; left > 0; left--) put(0);
    else if (sign < LITERAL) {
      put(((sign >> 3) & 7) - 4);
      put((sign & 7) - 4);
    } else for (let left = (sign & 63) + 1; left > 0; left--) put(packed[read++]!);
  }
  return bytes;
}
