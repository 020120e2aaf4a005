import { ServiceError } from '../http/service-error';
import { authorizeAccessToken } from './authorize-access-token';
import { requiredString } from './call-input';
import type { Operation } from './operation';

/** `ConfirmDevice`. The verifier of a device is not kept: there is no device SRP sign-in here. */
export const confirmDevice: Operation = (world, input) => {
  const { user } = authorizeAccessToken(world, requiredString(input, 'AccessToken'));
  const device = user.devices.get(requiredString(input, 'DeviceKey'));
  if (device === undefined) throw new ServiceError('ResourceNotFoundException', 'Device does not exist.');
  device.isConfirmed = true;
  return { UserConfirmationNecessary: false };
};
