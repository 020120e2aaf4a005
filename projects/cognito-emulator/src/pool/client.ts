import type { ClientSettings } from '../config/client-settings';

/** An app client of a user pool. */
export interface Client {
  readonly clientId: string;
  /** None for a public client, the only kind that belongs in a browser; two while they are rotated. */
  readonly secrets: readonly string[];
  /** Where managed login may send people; null allows https and loopback addresses. */
  readonly redirectUris: readonly string[] | null;
  readonly logoutUris: readonly string[] | null;
  /** Managed login signs this user in without a form. */
  readonly autoApprove: string | null;
  settings: ClientSettings;
}
