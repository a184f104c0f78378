// Tiles made small: masks are flat or change evenly, so what a neighbour doesn't foretell is little. Pure, and exact.

const ZEROS = 128;
const LITERALS = 64;
const WORTH_A_RUN = 3;
const PAIR = 0x80;
const LITERAL = 0xc0;

/** What the pixels to the left and above don't say of each pixel. */
function rests(bytes: Uint8Array, wide: number): Uint8Array {
  const rest = bytes.slice();
  for (let at = 1; at < wide && at < bytes.length; at++) rest[at] = bytes[at]! - bytes[at - 1]!;
  for (let row = wide; row < bytes.length; row += wide) {
    rest[row] = bytes[row]! - bytes[row - wide]!;
    for (let at = row + 1; at < row + wide && at < bytes.length; at++) rest[at] = bytes[at]! - bytes[at - 1]! - bytes[at - wide]! + bytes[at - wide - 1]!;
  }
  return rest;
}

/** Makes the pixels of what their neighbours don't say, in place. */
function restored(rest: Uint8Array, wide: number): Uint8Array {
  for (let at = 1; at < wide && at < rest.length; at++) rest[at]! += rest[at - 1]!;
  for (let row = wide; row < rest.length; row += wide) {
    rest[row]! += rest[row - wide]!;
    for (let at = row + 1; at < row + wide && at < rest.length; at++) rest[at]! += rest[at - 1]! + rest[at - wide]! - rest[at - wide - 1]!;
  }
  return rest;
}

const small = (rest: number | undefined) => rest !== undefined && (rest < 4 || rest >= 252);

/** The bytes of an image `wide` pixels wide, in as few as it takes; `unpack` gives them back as they were. */
export function pack(bytes: Uint8Array, wide: number): Uint8Array {
  const rest = rests(bytes, wide);
  // Literals need a sign for each run of them: no more than for every third byte, and one to begin with.
  const out = new Uint8Array(Math.ceil((rest.length * 4) / 3) + 2);
  let put = 0;
  const zerosAt = (at: number) => {
    let end = at;
    while (end < rest.length && end - at < ZEROS && rest[end] === 0) end++;
    return end - at;
  };
  const run = (at: number) => rest[at] === 0 && rest[at + 1] === 0 && rest[at + 2] === 0;
  const plain = (at: number) => !run(at) && !(small(rest[at]) && small(rest[at + 1]));
  for (let at = 0; at < rest.length; ) {
    const zeros = zerosAt(at);
    if (zeros >= WORTH_A_RUN) {
      out[put++] = zeros - 1;
      at += zeros;
    } else if (!plain(at)) {
      out[put++] = PAIR | (((rest[at]! + 4) & 7) << 3) | ((rest[at + 1]! + 4) & 7);
      at += 2;
    } else {
      const start = at;
      do at++;
      while (at < rest.length && at - start < LITERALS && plain(at));
      out[put++] = LITERAL | (at - start - 1);
      out.set(rest.subarray(start, at), put);
      put += at - start;
    }
  }
  return out.slice(0, put);
}

/** What was packed, `length` bytes. */
export function unpack(packed: Uint8Array, wide: number, length: number): Uint8Array {
  const rest = new Uint8Array(length);
  let at = 0;
  for (let read = 0; read < packed.length; ) {
    const sign = packed[read++]!;
    const many = sign < PAIR ? sign + 1 : sign < LITERAL ? 2 : (sign & 63) + 1;
    if (sign >= LITERAL) {
      rest.set(packed.subarray(read, read + many), at);
      read += many;
    } else if (sign >= PAIR) {
      rest[at] = ((sign >> 3) & 7) - 4;
      rest[at + 1] = (sign & 7) - 4;
    }
    at += many;
  }
  return restored(rest, wide);
}
