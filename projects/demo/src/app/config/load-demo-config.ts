import { parseDemoConfig, type DemoConfig } from './demo-config';

/** The runtime configuration: one production build works with any user pool. Rejects if it cannot be loaded, or is wrong. */
export async function loadDemoConfig(): Promise<DemoConfig> {
  const response = await fetch('config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`config.json: HTTP ${response.status}`);
  return parseDemoConfig(await response.json());
}
