import { signal } from '@angular/core';
import { parseDemoConfig, type DemoConfig } from './demo-config';

/** The runtime configuration: one production build works with any user pool. Loading starts at once. */
export class DemoConfigSource {
  private readonly current = signal<DemoConfig | null>(null);

  /** `null` until it is there. */
  readonly config = this.current.asReadonly();
  readonly loaded: Promise<DemoConfig> = this.load();

  /** Whether a URL lies at or below the API's address; `false` while that is not known. */
  isApiUrl(url: string): boolean {
    const { apiUrl } = this.current() ?? {};
    if (apiUrl === undefined) return false;
    const api = new URL(apiUrl, location.href);
    const asked = new URL(url, location.href);
    return asked.origin === api.origin && asked.pathname.startsWith(api.pathname.replace(/\/?$/, '/'));
  }

  private async load(): Promise<DemoConfig> {
    const response = await fetch('config.json', { cache: 'no-store' });
    if (!response.ok) throw new Error(`config.json: HTTP ${response.status}`);
    const config = parseDemoConfig(await response.json());
    this.current.set(config);
    return config;
  }
}
