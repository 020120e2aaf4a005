import type { Draw } from './draw';
import { STORAGES, type StorageName } from './page/setup';

/** What is the same for a whole episode. */
export interface EpisodeSettings {
  readonly accessTokenSeconds: number;
  readonly rotation: boolean;
  readonly graceSeconds: number;
  readonly inGraceAnswer: 'sameSuccessor' | 'bothValid' | 'onlyFirstValid' | 'onlyLastValid';
  /** Whether pages and servers are told the grace period. */
  readonly isGraceKnown: boolean;
  readonly devices: readonly DeviceSettings[];
  readonly steps: number;
}

export interface DeviceSettings {
  readonly name: string;
  readonly storage: StorageName;
  readonly pages: number;
  readonly enableTabSync: boolean;
  readonly retry: { readonly count: number; readonly delaySeconds: number };
}

export function drawSettings(draw: Draw, pages: number, steps: number): EpisodeSettings {
  const onSecond = Math.floor(pages / 2);
  const counts = onSecond === 0 ? [pages] : [pages - onSecond, onSecond];
  return {
    accessTokenSeconds: draw.integer(6, 12),
    rotation: draw.chance(0.7),
    graceSeconds: draw.pick([0, 10, 30, 60]),
    inGraceAnswer: draw.pick(['sameSuccessor', 'bothValid', 'onlyFirstValid', 'onlyLastValid']),
    isGraceKnown: draw.chance(0.7),
    devices: counts.map((count, index) => ({
      name: `d${index + 1}`,
      storage: draw.pick(STORAGES),
      pages: count,
      enableTabSync: draw.chance(0.85),
      retry: { count: draw.integer(0, 2), delaySeconds: draw.integer(1, 4) },
    })),
    steps,
  };
}
