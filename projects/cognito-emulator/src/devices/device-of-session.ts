import { notAuthorized } from '../http/service-error';
import type { Pool } from '../pool/pool';
import type { TokenFamily } from '../pool/token-records';
import type { User } from '../pool/user';

/** A device that a sign-in has made. */
export interface NewDeviceMetadata {
  /** What refreshes have to name. */
  readonly DeviceKey: string;
  /** The group of the device. */
  readonly DeviceGroupKey: string;
}

export interface SessionDevice {
  readonly deviceKey: string | null;
  /** Only when the sign-in made a new device. */
  readonly metadata: NewDeviceMetadata | null;
}

const NO_DEVICE: SessionDevice = { deviceKey: null, metadata: null };

/** The device a new session belongs to: the submitted one if the user has it, otherwise a new one. */
export function deviceOfSignIn(pool: Pool, user: User, submitted: string | undefined): SessionDevice {
  if (!pool.settings.deviceRemembering) return NO_DEVICE;
  if (submitted !== undefined && user.devices.has(submitted)) return { deviceKey: submitted, metadata: null };
  const deviceKey = `${pool.region}_${crypto.randomUUID()}`;
  user.devices.set(deviceKey, { isConfirmed: false });
  return {
    deviceKey,
    metadata: { DeviceKey: deviceKey, DeviceGroupKey: `-${crypto.randomUUID().slice(0, 8)}` },
  };
}

/** With device remembering on, a refresh names the device of its session; Cognito words a mistake as an invalid token. */
export function requireDevice(
  pool: Pool,
  user: User,
  family: TokenFamily,
  submitted: string | undefined,
): void {
  if (!pool.settings.deviceRemembering || family.deviceKey === null) return;
  const device = user.devices.get(family.deviceKey);
  const isConfirmed = device?.isConfirmed === true || !pool.settings.deviceConfirmation;
  if (submitted !== family.deviceKey || device === undefined || !isConfirmed)
    throw notAuthorized('Invalid Refresh Token.');
}
