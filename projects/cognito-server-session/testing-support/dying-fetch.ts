/** The `fetch` of a process that dies: before its request leaves it, or before it reads the answer. Nothing ever comes back. */
export function dyingFetch(when: 'beforeSending' | 'beforeReading'): {
  fetch: typeof fetch;
  died: Promise<void>;
} {
  let die: () => void = () => undefined;
  const died = new Promise<void>((resolve) => (die = resolve));
  return {
    died,
    fetch: async (...call) => {
      if (when === 'beforeReading') await fetch(...call).catch(() => undefined);
      die();
      return new Promise<never>(() => undefined);
    },
  };
}

/** A `fetch` whose answers from URLs that end with `path` arrive when the test says so. */
export function slowAnswer(path = ''): {
  fetch: typeof fetch;
  /** Resolves when the first answer is on its way. */
  held: Promise<void>;
  deliver: () => void;
} {
  let deliver: () => void = () => undefined;
  let hold: () => void = () => undefined;
  const delivered = new Promise<void>((resolve) => (deliver = resolve));
  const held = new Promise<void>((resolve) => (hold = resolve));
  return {
    held,
    deliver: () => deliver(),
    fetch: async (...call) => {
      const response = await fetch(...call);
      if (!response.url.endsWith(path)) return response;
      hold();
      await delivered;
      return response;
    },
  };
}
