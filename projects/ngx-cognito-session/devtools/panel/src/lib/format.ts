import type { SessionState } from 'ngx-cognito-session';

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** The two largest units of a duration: `4 min 12 s`, `29 d 3 h`. Pure. */
export function duration(ms: number): string {
  let seconds = Math.max(0, Math.ceil(ms / 1000));
  const first = UNITS.findIndex(([, size]) => seconds >= size);
  if (first < 0) return '0 s';
  return UNITS.slice(first, first + 2)
    .map(([name, size]) => {
      const count = Math.floor(seconds / size);
      seconds -= count * size;
      return `${count} ${name}`;
    })
    .join(' ');
}

/** What is left until a moment. Pure. */
export function left(untilMs: number, nowMs: number, over: string): string {
  if (untilMs === Infinity) return 'never';
  return untilMs <= nowMs ? over : duration(untilMs - nowMs);
}

/** `+4.0 s`; a device that is ahead has a negative drift. Pure. */
export function drift(seconds: number): string {
  const sign = seconds < 0 ? '−' : '+';
  const size = Math.abs(seconds);
  return `${sign}${size < 60 ? `${size.toFixed(1)} s` : duration(size * 1000)}`;
}

/** `14:05:09` in the device's time zone. Pure. */
export function clockTime(ms: number): string {
  const date = new Date(ms);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** The state in one line. Pure. */
export function stateText(state: SessionState): string {
  switch (state.status) {
    case 'restoring':
      return 'Restoring';
    case 'signedOut':
      return `Signed out: ${state.reason}`;
    case 'signedIn':
      return state.refreshing ? 'Signed in, refreshing' : 'Signed in';
    case 'stale':
      return `Stale: ${state.error.code}`;
  }
}
