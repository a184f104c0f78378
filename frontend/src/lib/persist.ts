// What this browser remembers. Storage can be full or shut (private windows): then nothing is remembered, and nothing breaks.

/** Reads a JSON value that `check` accepts, or null. */
export function recall<T>(name: string, check: (value: unknown) => value is T): T | null {
  try {
    const text = localStorage.getItem(name);
    const value: unknown = text === null ? null : JSON.parse(text);
    return check(value) ? value : null;
  } catch (thrown) {
    if (thrown instanceof DOMException || thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

/** Writes a JSON value. */
export function remember(name: string, value: unknown): void {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch (thrown) {
    if (!(thrown instanceof DOMException)) throw thrown;
  }
}
