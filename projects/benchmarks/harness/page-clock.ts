/**
 * For pages, before their own scripts: `setLater(ms)` sets the clock so much ahead of the device's, for all that reads it, and
 * `atTime(epochMs)` waits for a time of the device, which is the same in all tabs. Until `setLater` is called the clock is untouched.
 */
export const PAGE_CLOCK = `(() => {
  const RealDate = Date;
  let laterMs = 0;
  const now = () => RealDate.now() + laterMs;
  const ShiftedDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
  const apply = (ms) => {
    laterMs = ms;
    globalThis.Date = ShiftedDate;
  };
  globalThis.setLater = (ms) => {
    apply(ms);
    // For the page that comes after managed login.
    sessionStorage.setItem('later', String(ms));
  };
  const kept = Number(sessionStorage.getItem('later') ?? 0);
  if (kept > 0) apply(kept);
  globalThis.atTime = (epochMs) => new Promise((done) => setTimeout(done, epochMs - RealDate.now()));
})();`;
