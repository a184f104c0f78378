import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { speak } from '~/app/i18n';
import { FakeEventSource } from './events';
import { server } from './server';

// What happy-dom lacks.
Object.assign(globalThis, { EventSource: FakeEventSource });
Element.prototype.hasPointerCapture ??= () => false;
Element.prototype.scrollIntoView ??= () => {};
// Nothing is laid out there; the library's grid shows what fits into a window of this size.
const size = { width: { get: () => 960 }, height: { get: () => 800 } };
Object.defineProperties(HTMLElement.prototype, {
  offsetWidth: size.width,
  offsetHeight: size.height,
  clientWidth: size.width,
  clientHeight: size.height,
});
Object.assign(globalThis, {
  ResizeObserver: class {
    observe() {}
    disconnect() {}
    unobserve() {}
  },
});
configure({ asyncUtilTimeout: 8000, getElementError: (message) => new Error(message ?? '') });

await speak(['en']);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  cleanup();
  server.resetHandlers();
  FakeEventSource.reset();
  localStorage.clear();
});
afterAll(() => server.close());
