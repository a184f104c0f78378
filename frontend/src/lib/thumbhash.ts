// A ThumbHash is a blurred picture in about 25 bytes, sent as base64. Source: https://evanw.github.io/thumbhash/

export const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/** Whether the picture has transparent parts: the highest bit of the third byte. */
export const hasAlpha = (hash: Uint8Array) => ((hash[2] ?? 0) & 0x80) !== 0;
