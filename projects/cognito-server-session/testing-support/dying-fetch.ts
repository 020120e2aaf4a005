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

/** A `fetch` whose answers arrive when the test says so. */
export function slowAnswer(): { fetch: typeof fetch; deliver: () => void } {
  let deliver: () => void = () => undefined;
  const delivered = new Promise<void>((resolve) => (deliver = resolve));
  return {
    deliver: () => deliver(),
    fetch: async (...call) => {
      const response = await fetch(...call);
      await delivered;
      return response;
    },
  };
}
