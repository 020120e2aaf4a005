import type { ClientSettings } from './client-settings';

/** New settings for one client; without `clientId` for the first client of the first pool. */
export interface ClientChange extends Partial<ClientSettings> {
  /** Default: the first client of the first pool. */
  clientId?: string;
}

export function settingsOf(change: ClientChange): Partial<ClientSettings> {
  const { clientId: _, ...settings } = change;
  return settings;
}
