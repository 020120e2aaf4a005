import { DEFAULT_USER, type Emulator, type EmulatorConfig } from 'cognito-emulator';

/** What the command prints about an emulator, line by line. */
export function announcement(emulator: Emulator, config: EmulatorConfig): readonly string[] {
  const [user] = config.pools?.[0]?.users ?? [DEFAULT_USER];
  return [
    `Cognito endpoint  ${emulator.url}`,
    `Region            ${emulator.region}`,
    `User pool         ${emulator.userPoolId}`,
    `App client        ${emulator.clientId}`,
    `Identity pool     ${emulator.identityPoolId}`,
    ...(user === undefined ? [] : [`User              ${user.username} / ${user.password}`]),
  ];
}
