import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app-config';
import { loadDemoConfig } from './app/config/load-demo-config';

async function main(): Promise<void> {
  const config = await loadDemoConfig();
  await bootstrapApplication(App, appConfig(config));
}

main().catch((error: unknown) => {
  const root = document.querySelector('app-root');
  if (root !== null)
    root.textContent = 'The demo could not start: its configuration did not load. Reload to try again.';
  reportError(error);
});
