import type { Fault } from 'cognito-emulator';
import type { Draw } from './draw';
import { REFRESH, REVOCATION, type Stage } from './stage';

const FAULTS: readonly (Fault | 'delay' | 'slowBody')[] = [
  { kind: 'throttle' },
  { kind: 'throttle', times: 2 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'error', type: 'InternalErrorException' },
  { kind: 'htmlBody' },
  { kind: 'htmlBody', status: 502 },
  { kind: 'resetBeforeProcessing' },
  { kind: 'resetAfterCommit' },
  { kind: 'truncatedBody' },
  { kind: 'truncatedBody', cut: 'broken' },
  'delay',
  'slowBody',
];

export function addFault({ emulator, journal }: Stage, draw: Draw): void {
  // A queue of faults that are never used up would say nothing about a moment.
  if (emulator.faults.pending(REFRESH) > 2) return;
  const drawn = draw.pick(FAULTS);
  const fault: Fault =
    drawn === 'delay'
      ? { kind: 'delay', ms: draw.integer(200, 6000), processed: draw.pick(['first', 'last']) }
      : drawn === 'slowBody'
        ? { kind: 'slowBody', ms: draw.integer(200, 4000) }
        : drawn;
  emulator.faults.add(REFRESH, fault);
  journal.say(`the next refresh meets ${JSON.stringify(fault)}`);
}

export function addRevocationFault({ emulator, journal }: Stage, draw: Draw): void {
  if (emulator.faults.pending(REVOCATION) > 0) return;
  const fault = draw.pick<Fault>([
    { kind: 'throttle' },
    { kind: 'resetBeforeProcessing' },
    { kind: 'delay', ms: draw.integer(200, 2000) },
  ]);
  emulator.faults.add(REVOCATION, fault);
  journal.say(`the next revocation meets ${JSON.stringify(fault)}`);
}

export function rejectTokens({ apis, journal }: Stage, draw: Draw): void {
  const count = draw.integer(1, 2);
  draw.pick(apis).rejectNext(count);
  journal.say(`the API rejects ${count} good tokens`);
}

/** The user sets the clock of a device. */
export async function setDeviceClock({ devices, journal }: Stage, draw: Draw): Promise<void> {
  const device = draw.pick(devices);
  const ms = draw.pick([-1, 1]) * draw.pick([1000, 3000, 20_000, 300_000, 3_600_000]);
  if (!device.isSettled) return;
  const end = journal.jump(device.name, ms);
  await device.shift(ms);
  end();
}

/** The clock of Cognito and the API runs ahead of all devices. */
export function advanceServerClock({ clock, journal }: Stage, draw: Draw): void {
  const ms = draw.integer(500, 10_000);
  const end = journal.jump('server', ms);
  clock.advance(ms);
  end();
}

/** All devices sleep: their wall clocks go on, their monotonic clocks stand still. */
export async function sleep({ devices, clock, journal }: Stage, draw: Draw): Promise<void> {
  const ms = draw.pick([2000, 5000, 20_000, 120_000, 3_600_000]);
  // Tokens of a sign-in that are on their way say nothing about their age.
  if (!devices.every(({ isSettled, hasCommand }) => isSettled && !hasCommand)) return;
  const end = journal.jump('all', ms);
  await Promise.all(devices.map((device) => device.shift(ms)));
  clock.advance(ms);
  end();
}

/** The operator changes the app client: from the next call on. */
export function changeGrace({ emulator, journal, settings }: Stage, draw: Draw): void {
  // A grace that pages count on stays.
  if (settings.isGraceKnown) return;
  const graceSeconds = draw.pick([0, 10, 30, 60]);
  emulator.configure({ graceSeconds });
  journal.say(`the grace period is ${graceSeconds} s`);
}
